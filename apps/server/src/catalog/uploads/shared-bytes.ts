/**
 * Bytes that other threads read where they lie; those that are not yet in shared memory are copied. A view takes all the
 * memory behind it to the other threads, one copy for each: of a small piece, that of its neighbors too.
 */
export function shared(piece: Uint8Array): Uint8Array {
  if (piece.buffer instanceof SharedArrayBuffer) return piece;
  const copy = new Uint8Array(new SharedArrayBuffer(piece.length));
  copy.set(piece);
  return copy;
}
