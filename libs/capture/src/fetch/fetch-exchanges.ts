import type { AddressGuard } from './address-guard.js';
import type { Exchange } from './exchange.js';

export interface FetchLimits {
  /** Of a body, both as it was received and after its content coding is undone. */
  maxBytes: number;
  /** Over the whole capture, redirects included. */
  timeoutMs: number;
  maxRedirects: number;
}

export interface FetchOptions {
  guard: AddressGuard;
  limits: FetchLimits;
  now(): Date;
  signal?: AbortSignal;
}

/**
 * Gets a source, following redirects by hand. All exchanges but the last are redirects.
 * @throws CaptureFailure
 */
export async function fetchExchanges(_url: string, _options: FetchOptions): Promise<Exchange[]> {
  throw new Error('not yet written');
}
