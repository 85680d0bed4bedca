import type { V1Pieces, V2Pieces } from '@paddock/delivery';
import { Worker } from 'node:worker_threads';
import type { Digest, HashKind, HashOrder } from './hash-thread.js';

interface Waiting {
  resolve: (answer: Digest | undefined) => void;
  reject: (error: Error) => void;
}

/** A thread that hashes, so that the one that receives the bytes does not have to; it ends with the process. */
class HashThread {
  /** Once it is over, its hashes are lost, and every upload that counted on one fails. */
  over = false;
  private readonly waiting: Waiting[] = [];
  private readonly worker = new Worker(new URL('./hash-thread.js', import.meta.url), {
    name: 'upload hashes',
    // It makes much that is forgotten at once; left alone, three of them would let 100 MiB of it gather.
    resourceLimits: { maxYoungGenerationSizeMb: 1 },
  });
  private hashes = 0;

  constructor() {
    this.worker.on('message', (answer: Digest | undefined) => this.answered(answer));
    this.worker.on('error', (error) => this.end(error));
    this.worker.on('exit', () => this.end(new Error('the thread that hashes uploads ended')));
    this.rest();
  }

  nextId(): number {
    return (this.hashes += 1);
  }

  tell(order: HashOrder): void {
    this.worker.postMessage(order);
  }

  ask(order: HashOrder): Promise<Digest | undefined> {
    if (this.over) return Promise.reject(new Error('the hash of this upload was lost'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.worker.ref();
      this.worker.postMessage(order);
    });
  }

  private answered(answer: Digest | undefined): void {
    this.waiting.shift()?.resolve(answer);
    this.rest();
  }

  /** A thread that nobody waits for does not keep the process. */
  private rest(): void {
    if (this.waiting.length === 0) this.worker.unref();
  }

  private end(error: unknown): void {
    this.over = true;
    const cause = error instanceof Error ? error : new Error(String(error));
    for (const { reject } of this.waiting.splice(0)) reject(cause);
  }
}

/** One of each kind: the three take about as long as one another. */
const threads: Partial<Record<HashKind, HashThread>> = {};

function threadFor(kind: HashKind): HashThread {
  const thread = threads[kind];
  return thread && !thread.over ? thread : (threads[kind] = new HashThread());
}

/** One hash as it grows, computed in another thread. */
export class ThreadedHash<D extends Digest> {
  private readonly thread: HashThread;
  private readonly id: number;

  private constructor(kind: HashKind, pieceLength: number) {
    this.thread = threadFor(kind);
    this.id = this.thread.nextId();
    this.thread.tell({ kind: 'begin', id: this.id, of: kind, pieceLength });
  }

  /** Hexadecimal. */
  static sha256(): ThreadedHash<string> {
    return new ThreadedHash('sha256', 0);
  }

  static v1(pieceLength: number): ThreadedHash<V1Pieces> {
    return new ThreadedHash('v1', pieceLength);
  }

  static v2(pieceLength: number): ThreadedHash<V2Pieces> {
    return new ThreadedHash('v2', pieceLength);
  }

  /** True when its thread ended. */
  get lost(): boolean {
    return this.thread.over;
  }

  /** Settles when the bytes are hashed. Of shared memory nothing is copied. */
  async update(bytes: Uint8Array): Promise<void> {
    await this.thread.ask({ kind: 'update', id: this.id, bytes });
  }

  /** The hash is over. */
  async digest(): Promise<D> {
    return (await this.thread.ask({ kind: 'digest', id: this.id })) as D;
  }

  /** Lets go of a hash that nobody will ask for. */
  end(): void {
    this.thread.tell({ kind: 'end', id: this.id });
  }
}
