import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/**
 * Key id → secret of 32 bytes or more. Old keys stay until the last link that they signed has expired. A KeyObject signs
 * five times as fast as the bytes, of which Node makes one at every signature.
 */
export type LinkKeys = ReadonlyMap<string, KeyObject | Uint8Array>;

export interface LinkTarget {
  /** Id of the link's row: it names grant, holder, release and paths. */
  link: string;
  /** Artifact path, not percent-encoded. */
  path: string;
}

export interface LinkQuery {
  /** Unix seconds. */
  e?: string;
  /** Key id. */
  k?: string;
  /** base64url HMAC-SHA256. */
  s?: string;
}

export type LinkVerdict = 'ok' | 'expired' | 'altered' | 'unknown-key';

/**
 * Builds `/d/<link>/<path>?e=&k=&s=`, with each path segment percent-encoded. It is relative to the portal's public origin.
 * @throws RangeError when `key` is not among the keys.
 */
export function signLink(target: LinkTarget, expiresAt: Date, key: string, keys: LinkKeys): string {
  const secret = keys.get(key);
  if (!secret) throw new RangeError(`no link key "${key}"`);
  const expiry = String(Math.floor(expiresAt.getTime() / 1000));
  const query = `e=${expiry}&k=${encodeURIComponent(key)}&s=${signature(target, expiry, secret).toString('base64url')}`;
  return `/d/${encodeURIComponent(target.link)}/${encodeArtifactPath(target.path)}?${query}`;
}

/**
 * Checks a link as it came in; link id and path are already percent-decoded.
 * The signature is compared in constant time and before the expiry, so that `expired` is said only of links that were real.
 */
export function verifyLink(target: LinkTarget, query: LinkQuery, keys: LinkKeys, now: Date): LinkVerdict {
  const { e = '', k = '', s = '' } = query;
  if (!/^\d{1,12}$/.test(e) || !/^[A-Za-z0-9_-]{43}$/.test(s)) return 'altered';
  const secret = keys.get(k);
  if (!secret) return 'unknown-key';
  if (!timingSafeEqual(Buffer.from(s, 'base64url'), signature(target, e, secret))) return 'altered';
  return now.getTime() < Number(e) * 1000 ? 'ok' : 'expired';
}

/** Percent-encodes each segment of a path, for use in a URL. */
export function encodeArtifactPath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** The key id needs no signature of its own (another id is another secret); JSON keeps the fields apart. */
function signature({ link, path }: LinkTarget, expiry: string, secret: KeyObject | Uint8Array): Buffer {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['paddock-link-1', link, path, expiry]))
    .digest();
}
