import { createHmac, timingSafeEqual } from 'node:crypto';

/** What an Authorization header carries; `other` is a scheme that nobody here issues, such as a client's own signature. */
export type Authorization = { kind: 'none' } | { kind: 'other' } | { kind: 'bearer'; token: string } | { kind: 'basic'; password: string };

export function readAuthorization(header: string | undefined): Authorization {
  if (header === undefined) return { kind: 'none' };
  const [, scheme = '', credentials = ''] = /^(\S+) +(\S+) *$/.exec(header) ?? [];
  if (scheme.toLowerCase() === 'bearer') return { kind: 'bearer', token: credentials };
  if (scheme.toLowerCase() !== 'basic') return { kind: 'other' };
  const pair = Buffer.from(credentials, 'base64').toString('utf8');
  // RFC 7617: the first colon ends the user's name, which says nothing here.
  return { kind: 'basic', password: pair.slice(pair.indexOf(':') + 1) };
}

/** The challenge of the token flow. Ollama goes on only where the realm's host is the registry's. */
export function bearerChallenge(publicUrl: string, scope: string | undefined): string {
  const parts = [`realm="${publicUrl}/v2/token"`, `service="${new URL(publicUrl).host}"`];
  if (scope !== undefined) parts.push(`scope="${scope}"`);
  return `Bearer ${parts.join(',')}`;
}

/**
 * A registry token says who its bearer is, for a short time, and nothing of what they may do. It holds the hash of an
 * access token, so that one that was revoked ends the registry tokens that came of it; null is nobody in particular.
 */
export interface RegistryToken {
  tokenHash: Buffer | null;
  /** Seconds since the epoch. */
  expiresAt: number;
}

export function signRegistryToken(key: Buffer, { tokenHash, expiresAt }: RegistryToken): string {
  const claim = `${expiresAt}.${tokenHash?.toString('base64url') ?? ''}`;
  return `${claim}.${macOf(key, claim)}`;
}

/** undefined for what this portal never signed; expired ones are read. */
export function readRegistryToken(key: Buffer, token: string): RegistryToken | undefined {
  const [, claim, expiresAt, hash, mac] = /^((\d{1,12})\.([\w-]{43})?)\.([\w-]{43})$/.exec(token) ?? [];
  if (claim === undefined || mac === undefined) return undefined;
  if (!timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(key, claim)))) return undefined;
  return { tokenHash: hash === undefined ? null : Buffer.from(hash, 'base64url'), expiresAt: Number(expiresAt) };
}

function macOf(key: Buffer, claim: string): string {
  return createHmac('sha256', key).update(`registry-token ${claim}`).digest('base64url');
}
