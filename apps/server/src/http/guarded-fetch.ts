import { AdapterFailure } from '@paddock/domain';
import { Agent, fetch, type RequestInit, type Response } from 'undici';
import { addressGuard, refusedAddress } from './address-guard.js';

export interface GuardedFetchOptions {
  /** Networks of the operator's own, such as a webhook receiver beside the portal. */
  allowPrivate: boolean;
  timeoutMs: number;
}

export type GuardedFetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/**
 * A fetch for addresses that other people typed. Names are resolved once and the connection goes to exactly the addresses
 * that were checked, so a name that answers differently the second time (DNS rebinding) changes nothing. Redirects are
 * handed back, never followed; no credentials are sent; http and https only.
 */
export function guardedFetch({ allowPrivate, timeoutMs }: GuardedFetchOptions): GuardedFetch {
  const guard = guardFor(allowPrivate);
  const dispatcher = new Agent({
    connect: { lookup: guard.lookup, timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  return async (url, init = {}) => {
    const target = new URL(url);
    const reason = guard.refusalOf(target);
    if (reason) throw refusedAddress(target.username || target.password ? target.origin : target.host, reason);
    const signal = init.signal ? AbortSignal.any([init.signal, AbortSignal.timeout(timeoutMs)]) : AbortSignal.timeout(timeoutMs);
    try {
      return await fetch(target, { ...init, redirect: 'manual', credentials: 'omit', signal, dispatcher });
    } catch (error) {
      throw failureOf(target, error);
    }
  };
}

/** Why an address is not asked, as far as it tells without looking its name up. */
export function reasonNotToAsk(url: URL, allowPrivate: boolean): string | undefined {
  return guardFor(allowPrivate).refusalOf(url);
}

function guardFor(allowPrivate: boolean) {
  return addressGuard({ allow: allowPrivate ? 'private' : 'public' });
}

/** undici wraps what happened at the socket. */
function failureOf({ origin }: URL, error: unknown): AdapterFailure {
  const { cause } = error as Error;
  if (cause instanceof AdapterFailure) return cause;
  const { message } = cause instanceof Error && cause.message ? cause : (error as Error);
  return new AdapterFailure(origin, message, true, { cause: error });
}
