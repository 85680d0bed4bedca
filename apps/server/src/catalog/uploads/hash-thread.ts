import { createHash, type Hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

/** What the thread is told; it answers each but `end`, in the same order. */
export type HashOrder =
  | { kind: 'begin'; id: number }
  | { kind: 'update'; id: number; bytes: Uint8Array }
  | { kind: 'digest'; id: number }
  | { kind: 'end'; id: number };
export type HashAnswer = { sha256?: string };

const hashes = new Map<number, Hash>();

/** A hash that nobody began is a bug: better the thread ends, and its uploads fail, than that a digest is wrong. */
function known(id: number): Hash {
  const hash = hashes.get(id);
  if (!hash) throw new Error('no such hash was begun');
  return hash;
}

parentPort?.on('message', (order: HashOrder) => {
  const answer: HashAnswer = {};
  if (order.kind === 'begin') hashes.set(order.id, createHash('sha256'));
  if (order.kind === 'update') known(order.id).update(order.bytes);
  if (order.kind === 'digest') answer.sha256 = known(order.id).digest('hex');
  if (order.kind === 'digest' || order.kind === 'end') hashes.delete(order.id);
  if (order.kind === 'update' || order.kind === 'digest') parentPort?.postMessage(answer);
});
