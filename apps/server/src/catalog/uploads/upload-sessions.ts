import { AdapterFailure, Refusal } from '@paddock/domain';
import type { ObjectStore, Upload } from '@paddock/storage';
import type { Readable } from 'node:stream';

const IDLE_MS = 60 * 60 * 1000;

/** What is computed of an upload as it grows. */
interface RunningHash {
  /** True when it lacks bytes, so that the upload cannot be completed with it. */
  readonly lost: boolean;
  update(piece: Uint8Array): Promise<void>;
  end(): void;
}

/** What this process knows of an upload under way: the store's part and the hash of what came so far. */
export interface UploadSession<Hash extends RunningHash> {
  upload: Upload;
  hash: Hash;
  /** Settles when the hash holds what had been received before this process began; appending waits for it. */
  caughtUp: Promise<void>;
  busy: boolean;
  lastUsed: number;
}

/** Sessions live in the process that receives the upload; one that stood idle is dropped and its bytes with it. */
export class UploadSessions<Hash extends RunningHash> {
  private readonly sessions = new Map<string, Promise<UploadSession<Hash>>>();

  constructor(private readonly store: ObjectStore) {}

  /** The session of an upload; where there is none, one that goes on with what the store still has of it. */
  async of(id: string, key: string, newHash: () => Hash): Promise<UploadSession<Hash>> {
    let session = this.sessions.get(id);
    if (!session) {
      session = this.open(id, key, newHash);
      this.sessions.set(id, session);
      session.catch(() => this.sessions.delete(id));
    }
    return session;
  }

  /** Takes what comes from `offset` on; never more than `size` bytes in all. */
  async receive(
    id: string,
    session: UploadSession<Hash>,
    { offset, size }: { offset: number; size: number },
    body: Readable,
  ): Promise<void> {
    if (session.busy || session.upload.offset !== offset) {
      throw new Refusal('upload-offset', `The upload stands at ${session.upload.offset}${session.busy ? ' and is under way' : ''}.`, {
        offset: session.upload.offset,
      });
    }
    session.busy = true;
    try {
      await session.caughtUp;
      await session.upload.append(limited(body, size - session.upload.offset), {
        observe: (piece) => session.hash.update(piece),
        freeChunks: true,
      });
    } catch (error) {
      // The store may have ended it, and the hash may lack bytes: what the store kept is read again.
      if (error instanceof AdapterFailure || session.hash.lost) await this.end(id);
      throw error;
    } finally {
      session.busy = false;
      session.lastUsed = Date.now();
    }
  }

  /** Forgets a session that is complete, or that cannot go on; what the store has of it may be resumed. */
  async end(id: string): Promise<void> {
    const session = await this.sessions.get(id);
    this.sessions.delete(id);
    session?.hash.end();
  }

  async dropIdle(now: number): Promise<void> {
    for (const [id, opening] of this.sessions) {
      const session = await opening.catch(() => undefined);
      if (!session || session.busy || now - session.lastUsed < IDLE_MS) continue;
      await this.end(id);
      await session.upload.abort();
    }
  }

  private async open(id: string, key: string, newHash: () => Hash): Promise<UploadSession<Hash>> {
    let upload = await this.store.openUpload(key, { resume: true });
    // Bytes that cannot be read again cannot be hashed: then the upload begins anew.
    if (upload.offset > 0 && !upload.readBack) upload = await this.store.openUpload(key);
    const hash = newHash();
    const caughtUp = catchUp(upload, hash);
    // Half a hash is of no use: whoever comes next reads from the beginning.
    caughtUp.catch(() => this.sessions.delete(id));
    return { upload, hash, caughtUp, busy: false, lastUsed: Date.now() };
  }
}

async function catchUp(upload: Upload, hash: RunningHash): Promise<void> {
  if (upload.offset === 0 || !upload.readBack) return;
  for await (const piece of upload.readBack()) await hash.update(piece);
}

async function* limited(body: Readable, most: number): AsyncIterable<Uint8Array> {
  let left = most;
  // A body that is refused on the way is not destroyed: what is left of it would block its connection.
  const chunks = body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  for await (const chunk of chunks) {
    left -= chunk.length;
    if (left < 0) throw new Refusal('upload-length', 'More bytes came than the file was said to have.');
    yield chunk;
  }
}
