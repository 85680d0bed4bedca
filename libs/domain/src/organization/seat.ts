import type { TokenScope } from '../person.js';

/** All that a seat's token may ever do: it reads and downloads, and never speaks for the organization. */
export const SEAT_SCOPES = ['read', 'download'] as const satisfies readonly TokenScope[];

export function isSeatScope(scope: TokenScope): boolean {
  return (SEAT_SCOPES as readonly TokenScope[]).includes(scope);
}
