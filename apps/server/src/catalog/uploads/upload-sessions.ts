import type { ObjectStore, Upload } from '@paddock/storage';
import { UploadHash } from './upload-hash.js';

const IDLE_MS = 60 * 60 * 1000;

/** What this process knows of an upload under way: the store's part and the hash of what came so far. */
export interface UploadSession {
  upload: Upload;
  hash: UploadHash;
  /** Settles when the hash holds what had been received before this process began; appending waits for it. */
  caughtUp: Promise<void>;
  busy: boolean;
  lastUsed: number;
}

/** Sessions live in the process that receives the upload; one that stood idle is dropped and its bytes with it. */
export class UploadSessions {
  private readonly sessions = new Map<string, Promise<UploadSession>>();

  constructor(private readonly store: ObjectStore) {}

  /** The session of an upload; where there is none, one that goes on with what the store still has of it. */
  async of(id: string, key: string, pieceLength: number): Promise<UploadSession> {
    let session = this.sessions.get(id);
    if (!session) {
      session = this.open(id, key, pieceLength);
      this.sessions.set(id, session);
      session.catch(() => this.sessions.delete(id));
    }
    return session;
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

  private async open(id: string, key: string, pieceLength: number): Promise<UploadSession> {
    let upload = await this.store.openUpload(key, { resume: true });
    // Bytes that cannot be read again cannot be hashed: then the upload begins anew.
    if (upload.offset > 0 && !upload.readBack) upload = await this.store.openUpload(key);
    const hash = new UploadHash(pieceLength);
    const caughtUp = catchUp(upload, hash);
    // Half a hash is of no use: whoever comes next reads from the beginning.
    caughtUp.catch(() => this.sessions.delete(id));
    return { upload, hash, caughtUp, busy: false, lastUsed: Date.now() };
  }
}

async function catchUp(upload: Upload, hash: UploadHash): Promise<void> {
  if (upload.offset === 0 || !upload.readBack) return;
  for await (const piece of upload.readBack()) await hash.update(piece);
}
