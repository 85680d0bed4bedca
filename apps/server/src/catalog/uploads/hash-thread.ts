import { V1Hasher, V2Hasher, type V1Pieces, type V2Pieces } from '@paddock/delivery';
import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

/** A file's SHA-256, its pieces for v1, or its hash tree for v2. */
export type HashKind = 'sha256' | 'v1' | 'v2';
/** What the thread is told; it answers each but `begin` and `end`, in the same order. */
export type HashOrder =
  /** `pieceLength` in bytes; of no matter for SHA-256. */
  | { kind: 'begin'; id: number; of: HashKind; pieceLength: number }
  | { kind: 'update'; id: number; bytes: Uint8Array }
  | { kind: 'digest'; id: number }
  | { kind: 'end'; id: number };
export type Digest = string | V1Pieces | V2Pieces;

interface Hashing {
  update(bytes: Uint8Array): unknown;
  digest(): Digest;
}

const BEGIN: Record<HashKind, (pieceLength: number) => Hashing> = {
  sha256,
  v1: (pieceLength) => new V1Hasher(pieceLength),
  v2: (pieceLength) => new V2Hasher(pieceLength),
};
const hashes = new Map<number, Hashing>();

/** A hash that nobody began is a bug: better the thread ends, and its uploads fail, than that a digest is wrong. */
function known(id: number): Hashing {
  const hash = hashes.get(id);
  if (!hash) throw new Error('no such hash was begun');
  return hash;
}

function sha256(): Hashing {
  const hash = createHash('sha256');
  return { update: (bytes) => hash.update(bytes), digest: () => hash.digest('hex') };
}

parentPort?.on('message', (order: HashOrder) => {
  let answer: Digest | undefined;
  if (order.kind === 'begin') hashes.set(order.id, BEGIN[order.of](order.pieceLength));
  if (order.kind === 'update') known(order.id).update(order.bytes);
  if (order.kind === 'digest') answer = known(order.id).digest();
  if (order.kind === 'digest' || order.kind === 'end') hashes.delete(order.id);
  if (order.kind === 'update' || order.kind === 'digest') parentPort?.postMessage(answer);
});
