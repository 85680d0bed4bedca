import type { OidcEnded, SignedIn } from '@paddock/contracts';
import type { Wire } from '../../../api/wire.js';

/** What a sign-in came to, by whichever way. */
export type Outcome = Wire<typeof SignedIn> | Wire<typeof OidcEnded>;

export const isThrough = ({ state }: Outcome): boolean => state === 'signed-in' || state === 'linked';
