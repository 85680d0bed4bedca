import type { AddressGuard } from './address-guard.js';
import { CaptureFailure } from './capture-failure.js';
import { decodedBody } from './decoded-body.js';
import type { Exchange } from './exchange.js';
import { exchangeWith } from './exchange-with.js';
import { redirectTarget } from './redirect-target.js';

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
 * Gets a source by GET, following redirects by hand: the guard judges every hop, https never falls back to http, and
 * nothing is sent but what `exchange-with.ts` lists. All exchanges but the last are redirects.
 * @throws CaptureFailure with the exchanges so far.
 */
export async function fetchExchanges(url: string, { guard, limits, now, signal }: FetchOptions): Promise<Exchange[]> {
  const deadline = AbortSignal.timeout(limits.timeoutMs);
  const hop = { guard, now, maxBytes: limits.maxBytes, deadline, signal: signal ? AbortSignal.any([signal, deadline]) : deadline };
  const exchanges: Exchange[] = [];
  const visited = new Set<string>();
  try {
    for (let next: URL | undefined = sourceUrl(url); next;) {
      visited.add(next.href);
      const exchange = await exchangeWith(next, hop);
      exchanges.push(exchange);
      next = redirectTarget(exchange, visited, limits.maxRedirects);
    }
    decodedBody(exchanges.at(-1)!, limits.maxBytes);
    return exchanges;
  } catch (error) {
    throw error instanceof CaptureFailure ? error.after(exchanges) : error;
  }
}

function sourceUrl(url: string): URL {
  const parsed = URL.parse(url);
  if (!parsed) throw new CaptureFailure('source', 'address-refused', 'it is not a URL');
  parsed.hash = '';
  return parsed;
}
