import type { Upload } from '@paddock/storage';
import { createHash, type Hash } from 'node:crypto';

const IDLE_MS = 60 * 60 * 1000;

/** What this process knows of an upload under way: the store's part and the hash of what came so far. */
export interface UploadSession {
  upload: Upload;
  hash: Hash;
  busy: boolean;
  lastUsed: number;
}

/** Sessions live in the process that receives the upload; one that stood idle is dropped and its bytes with it. */
export class UploadSessions {
  private readonly sessions = new Map<string, UploadSession>();

  get(id: string): UploadSession | undefined {
    return this.sessions.get(id);
  }

  open(id: string, upload: Upload): UploadSession {
    const session = { upload, hash: createHash('sha256'), busy: false, lastUsed: Date.now() };
    this.sessions.set(id, session);
    return session;
  }

  end(id: string): void {
    this.sessions.delete(id);
  }

  async dropIdle(now: number): Promise<void> {
    for (const [id, session] of this.sessions) {
      if (session.busy || now - session.lastUsed < IDLE_MS) continue;
      this.sessions.delete(id);
      await session.upload.abort();
    }
  }
}
