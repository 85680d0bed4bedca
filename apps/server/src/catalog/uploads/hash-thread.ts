import { PieceHasher, type FilePieces } from '@paddock/delivery';
import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

/** What the thread is told; it answers each but `begin` and `end`, in the same order. */
export type HashOrder =
  /** Of a file's SHA-256, or with a piece length of what its torrent needs. */
  | { kind: 'begin'; id: number; pieceLength: number | null }
  | { kind: 'update'; id: number; bytes: Uint8Array }
  | { kind: 'digest'; id: number }
  | { kind: 'end'; id: number };
export type Digest = string | FilePieces;

interface Hashing {
  update(bytes: Uint8Array): unknown;
  digest(): Digest;
}

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
  if (order.kind === 'begin') hashes.set(order.id, order.pieceLength === null ? sha256() : new PieceHasher(order.pieceLength));
  if (order.kind === 'update') known(order.id).update(order.bytes);
  if (order.kind === 'digest') answer = known(order.id).digest();
  if (order.kind === 'digest' || order.kind === 'end') hashes.delete(order.id);
  if (order.kind === 'update' || order.kind === 'digest') parentPort?.postMessage(answer);
});
