import { createVerify, generateKeyPairSync } from 'node:crypto';

const PAIR = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ORIGIN = 'https://d111111abcdef8.cloudfront.net';
const KEY_PAIR_ID = 'K2JCJMDEHXQW5F';

/** What sends a portal's clients to a distribution of whose key group this process holds the key. */
export const CLOUDFRONT = {
  PADDOCK_CLOUDFRONT_URL: ORIGIN,
  PADDOCK_CLOUDFRONT_KEY_PAIR_ID: KEY_PAIR_ID,
  PADDOCK_CLOUDFRONT_KEY: PAIR.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};

/** Judges a URL as an edge does ("Creating a signed URL using a canned policy"), and tells of what it is and for how many seconds more. */
export function admittedByEdge(location: string, now = new Date()): { key: string; seconds: number; query: URLSearchParams } {
  const { groups } = /^(?<resource>[^]*)[?&]Expires=(?<end>\d+)&Key-Pair-Id=(?<pair>\w+)&Signature=(?<signature>[\w~-]+)$/.exec(location)!;
  const { resource, end, pair, signature } = groups as Record<'resource' | 'end' | 'pair' | 'signature', string>;
  const policy = { Statement: [{ Resource: resource, Condition: { DateLessThan: { 'AWS:EpochTime': Number(end) } } }] };
  const base64 = signature.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/');
  const signed = createVerify('RSA-SHA1').update(JSON.stringify(policy)).verify(PAIR.publicKey, base64, 'base64');
  const { origin, pathname, searchParams } = new URL(resource);
  if (!signed || origin !== ORIGIN || pair !== KEY_PAIR_ID) throw new Error(`an edge would refuse ${location}`);
  return { key: pathname.slice(1), seconds: Number(end) - Math.floor(now.getTime() / 1000), query: searchParams };
}
