/** Facts older than that are read again: no decision outlives a revocation by more than a second. */
export const BELIEVED_MS = 900;
/** What is asked each half second while bytes flow must be known sooner than that second is over. */
export const FRESH_MS = 400;
