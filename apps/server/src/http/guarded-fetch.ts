import { AdapterFailure } from '@paddock/domain';
import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent, fetch, type RequestInit, type Response } from 'undici';

/** Networks that belong to no stranger: this machine, private and link-local ones, and those that a cloud keeps its secrets on. */
const PRIVATE: readonly [address: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** IPv6 as RFC 6890 and RFC 4193 set aside, with the ranges that carry an IPv4 address inside (mapped, NAT64, 6to4, Teredo). */
const PRIVATE_6: readonly [address: string, prefix: number][] = [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
];

// Two lists: in one, the mapped range of IPv6 would cover every IPv4 address.
const private4 = new BlockList();
const private6 = new BlockList();
for (const [address, prefix] of PRIVATE) private4.addSubnet(address, prefix, 'ipv4');
for (const [address, prefix] of PRIVATE_6) private6.addSubnet(address, prefix, 'ipv6');

/** Whether an address is one that the portal must not be talked into asking. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  return family === 0 || (family === 6 ? private6.check(address, 'ipv6') : private4.check(address, 'ipv4'));
}

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
  const dispatcher = new Agent({
    connect: { lookup: allowPrivate ? lookup : lookupPublic, timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  return async (url, init = {}) => {
    const target = new URL(url);
    refuseUnfetchable(target, allowPrivate);
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
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'only http and https are asked';
  if (url.username || url.password) return 'an address must carry no credentials';
  if (allowPrivate) return undefined;
  // A literal address never reaches the lookup; this machine's own name is one (RFC 6761, section 6.3).
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (/(^|\.)localhost\.?$/.test(host) || (isIP(host) !== 0 && isPrivateAddress(host))) return 'it lies in a private network';
  return undefined;
}

function refuseUnfetchable(url: URL, allowPrivate: boolean): void {
  const reason = reasonNotToAsk(url, allowPrivate);
  if (reason) throw refusedAddress(url.username || url.password ? url.origin : url.host, reason);
}

function refusedAddress(where: string, why: string): AdapterFailure {
  return new AdapterFailure(where, `not asked, for ${why}`, false);
}

const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, '', 0);
    const open = addresses.filter(({ address }) => !isPrivateAddress(address));
    // One private address among public ones is a trick, not a mistake.
    if (open.length < addresses.length || open.length === 0)
      return callback(refusedAddress(hostname, 'its name leads into a private network') as NodeJS.ErrnoException, '', 0);
    if (options.all) callback(null, open);
    else callback(null, open[0]!.address, open[0]!.family);
  });
};

/** undici wraps what happened at the socket. */
function failureOf({ origin }: URL, error: unknown): AdapterFailure {
  const { cause } = error as Error;
  if (cause instanceof AdapterFailure) return cause;
  const { message } = cause instanceof Error && cause.message ? cause : (error as Error);
  return new AdapterFailure(origin, message, true, { cause: error });
}
