import type { LookupFunction } from 'node:net';

/** Which addresses may be asked; the server makes it. */
export interface AddressGuard {
  /** Why an address is not asked, before its name is looked up; literal addresses never reach the lookup. */
  refusalOf(url: URL): string | undefined;
  /** Resolves a name once, refuses it when any of its addresses is not open, and hands over only what was checked. */
  lookup: LookupFunction;
}
