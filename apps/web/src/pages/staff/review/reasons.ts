/** Where the reason that was typed for a request is kept until its decision was taken, so that an undone or refused one loses nothing. */
export const reasonKey = (request: string) => `reason:${request}`;

export const forgetReason = (request: string) => sessionStorage.removeItem(`paddock:${reasonKey(request)}`);
