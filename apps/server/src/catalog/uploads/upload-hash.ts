import { Worker } from 'node:worker_threads';
import type { HashAnswer, HashOrder } from './hash-thread.js';

interface Waiting {
  resolve: (answer: HashAnswer) => void;
  reject: (error: Error) => void;
}

/** The thread that hashes uploads, so that the one that receives them does not have to; it ends with the process. */
class HashThread {
  /** Once it is over, its hashes are lost, and every upload that counted on one fails. */
  over = false;
  private readonly waiting: Waiting[] = [];
  private readonly worker = new Worker(new URL('./hash-thread.js', import.meta.url), { name: 'upload hashes' });
  private hashes = 0;

  constructor() {
    this.worker.unref();
    this.worker.on('message', (answer: HashAnswer) => this.waiting.shift()?.resolve(answer));
    this.worker.on('error', (error) => this.end(error));
    this.worker.on('exit', () => this.end(new Error('the thread that hashes uploads ended')));
  }

  nextId(): number {
    return (this.hashes += 1);
  }

  tell(order: HashOrder): void {
    this.worker.postMessage(order);
  }

  ask(order: HashOrder): Promise<HashAnswer> {
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

let thread: HashThread | undefined;

/** The SHA-256 of an upload as it grows, computed in another thread. */
export class UploadHash {
  private readonly thread: HashThread;
  private readonly id: number;

  constructor() {
    if (!thread || thread.over) thread = new HashThread();
    this.thread = thread;
    this.id = thread.nextId();
    thread.tell({ kind: 'begin', id: this.id });
  }

  /** True when its thread ended: the upload cannot be completed with it. */
  get lost(): boolean {
    return this.thread.over;
  }

  /** Settles when the bytes are hashed. Shared memory is read where it lies; anything else is copied first. */
  async update(piece: Uint8Array): Promise<void> {
    // A view takes all the memory behind it to the other thread: of a small piece, that of its neighbors too.
    const bytes = piece.buffer instanceof SharedArrayBuffer ? piece : new Uint8Array(piece);
    await this.thread.ask({ kind: 'update', id: this.id, bytes });
  }

  /** Hexadecimal. The hash is over. */
  async digest(): Promise<string> {
    const { sha256 } = await this.thread.ask({ kind: 'digest', id: this.id });
    return sha256!;
  }

  /** Lets go of a hash that nobody will ask for. */
  end(): void {
    this.thread.tell({ kind: 'end', id: this.id });
  }
}
