import { forgetKept } from '../../../elements/useKept.js';

/** Where the reason that was typed for a request is kept until its decision was taken, so that an undone or refused one loses nothing. */
export const reasonKey = (request: string) => `reason:${request}`;

export const forgetReason = (request: string) => forgetKept(reasonKey(request));
