import type { ByteRange } from '@paddock/storage';

export type RequestedRange = 'whole' | 'unsatisfiable' | ByteRange;

export interface RangeHeaders {
  range?: string | undefined;
  ifRange?: string | undefined;
}

/**
 * Reads Range and If-Range (RFC 9110 sections 14.2 and 13.1.5) against an artifact of `size` bytes with the strong `etag`.
 * `whole` is a 200 answer; it is also the answer to several ranges at once and to anything malformed, as the RFC allows.
 * `unsatisfiable` is a 416.
 */
export function requestedRange({ range, ifRange }: RangeHeaders, size: number, etag: string): RequestedRange {
  if (range === undefined) return 'whole';
  // A date or a weak tag cannot prove that the bytes are the same, so neither continues a transfer.
  if (ifRange !== undefined && ifRange.trim() !== etag) return 'whole';
  const match = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(range.trim());
  if (!match) return 'whole';
  const [, first = '', last = ''] = match;
  if (first === '') return last === '' ? 'whole' : suffix(Number(last), size);
  return fromFirst(Number(first), last === '' ? Infinity : Number(last), size);
}

function suffix(length: number, size: number): RequestedRange {
  if (length === 0 || size === 0) return 'unsatisfiable';
  return { first: Math.max(0, size - length), last: size - 1 };
}

function fromFirst(first: number, last: number, size: number): RequestedRange {
  if (last < first) return 'whole';
  if (first >= size) return 'unsatisfiable';
  return { first, last: Math.min(last, size - 1) };
}
