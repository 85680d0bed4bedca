import { Worker } from 'node:worker_threads';
import type { Digest, HashOrder } from './hash-thread.js';

interface Waiting {
  resolve: (answer: Digest | undefined) => void;
  reject: (error: Error) => void;
}

/** A thread that hashes, so that the one that receives the bytes does not have to; it ends with the process. */
class HashThread {
  /** Once it is over, its hashes are lost, and every upload that counted on one fails. */
  over = false;
  private readonly waiting: Waiting[] = [];
  private readonly worker = new Worker(new URL('./hash-thread.js', import.meta.url), { name: 'upload hashes' });
  private hashes = 0;

  constructor() {
    this.worker.unref();
    this.worker.on('message', (answer: Digest | undefined) => this.waiting.shift()?.resolve(answer));
    this.worker.on('error', (error) => this.end(error));
    this.worker.on('exit', () => this.end(new Error('the thread that hashes uploads ended')));
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
      this.worker.postMessage(order);
    });
  }

  private end(error: unknown): void {
    this.over = true;
    const cause = error instanceof Error ? error : new Error(String(error));
    for (const { reject } of this.waiting.splice(0)) reject(cause);
  }
}

/** One for SHA-256 and one for torrents: each of the two takes as long as the other. */
const threads: Partial<Record<'sha256' | 'pieces', HashThread>> = {};

function threadFor(work: 'sha256' | 'pieces'): HashThread {
  const thread = threads[work];
  return thread && !thread.over ? thread : (threads[work] = new HashThread());
}

/** One hash as it grows, computed in another thread. */
export class ThreadedHash<D extends Digest> {
  private readonly thread: HashThread;
  private readonly id: number;

  private constructor(work: 'sha256' | 'pieces', pieceLength: number | null) {
    this.thread = threadFor(work);
    this.id = this.thread.nextId();
    this.thread.tell({ kind: 'begin', id: this.id, pieceLength });
  }

  /** Hexadecimal. */
  static sha256(): ThreadedHash<string> {
    return new ThreadedHash('sha256', null);
  }

  static pieces(pieceLength: number): ThreadedHash<Exclude<Digest, string>> {
    return new ThreadedHash('pieces', pieceLength);
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
