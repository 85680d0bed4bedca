import { AdapterFailure } from '@paddock/domain';
import type { ByteRange, ObjectKey } from './object-store.js';

const longestKey = 1024;
const longestSegment = 255;
const segmentPattern = /^[A-Za-z0-9._-]+$/;

/** Refuses (AdapterFailure) what is not an object key, before it can become a path or a URL. */
export function checkKey(key: ObjectKey): void {
  const fault = typeof key === 'string' ? keyFault(key) : 'it is not a string';
  if (fault) throw new AdapterFailure('storage', `the object key ${JSON.stringify(key)} is refused: ${fault}`, false);
}

/** A prefix may stop inside a segment; what stands before its last `/` must be a key. The empty prefix is everything. */
export function checkPrefix(prefix: string): void {
  const lastSlash = prefix.lastIndexOf('/');
  if (lastSlash >= 0) checkKey(prefix.slice(0, lastSlash));
  const rest = prefix.slice(lastSlash + 1);
  if (rest) checkKey(rest);
}

/** Refuses (AdapterFailure) a range that is not two byte positions in order. */
export function checkRange(range: ByteRange): void {
  const { first, last } = range;
  if (Number.isSafeInteger(first) && Number.isSafeInteger(last) && first >= 0 && last >= first) return;
  throw new AdapterFailure('storage', `the byte range ${first}-${last} is refused: it must be two positions in order`, false);
}

function keyFault(key: string): string | undefined {
  if (key.length > longestKey) return `it is longer than ${longestKey} characters`;
  for (const segment of key.split('/')) {
    if (segment === '') return 'it has an empty segment';
    if (segment === '.' || segment === '..') return `a segment may not be "${segment}"`;
    if (segment.length > longestSegment) return `a segment is longer than ${longestSegment} characters`;
    if (!segmentPattern.test(segment)) return 'a segment may hold only letters, digits, ".", "_" and "-"';
  }
  return undefined;
}
