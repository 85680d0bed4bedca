/** What a change of factors makes stale: the account, and how one stands to prerequisites. */
export const STALE = { stale: ['/me', '/models'] };
