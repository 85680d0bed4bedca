import { createHash, randomUUID } from 'node:crypto';
import { open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectKey } from '../object-store.js';
import { makeFolder } from './durable.js';
import { diskFailure } from './failure.js';
import { DiskUpload } from './upload.js';

const abandonedAfter = 7 * 24 * 3600 * 1000;

/** The folder of uploads. A resumable one is named after its key; its random end changes with each opening. */
export class DiskUploads {
  readonly #appending = new Set<DiskUpload>();
  #swept = false;

  constructor(private readonly folder: string) {}

  /** Throws the file system's error when the folder cannot be written. */
  async check(): Promise<void> {
    await makeFolder(this.folder);
    const probe = join(this.folder, `check.${randomUUID()}`);
    try {
      await writeFile(probe, 'written to see that it can be');
    } finally {
      // Of a full disk an empty file is left, at every look.
      await rm(probe, { force: true });
    }
  }

  /** Begins an upload that cannot be resumed and that no other one disturbs. */
  async begin(key: ObjectKey, target: string): Promise<DiskUpload> {
    return this.#create(key, this.#newPath('put'), target, new Set());
  }

  /** Opens the one resumable upload of a key; whoever held it before can no longer append or finish. */
  async open(key: ObjectKey, target: string, resume: boolean): Promise<DiskUpload> {
    for (const upload of this.#appending) {
      if (upload.key === key) await upload.surrender('another upload of the same key took over');
    }
    const name = createHash('sha256').update(key).digest('hex');
    const path = this.#newPath(name);
    try {
      await makeFolder(this.folder);
      const interrupted = await this.#named(`${name}.`);
      const kept = resume ? interrupted.pop() : undefined;
      for (const superseded of interrupted) await rm(superseded, { force: true });
      if (kept === undefined) return await this.#create(key, path, target, this.#appending);
      await rename(kept, path);
      const { size } = await stat(path);
      return new DiskUpload({ key, path, target }, size, this.#appending);
    } catch (error) {
      throw diskFailure(`cannot open an upload of ${key}`, error);
    }
  }

  async #create(key: ObjectKey, path: string, target: string, appending: Set<DiskUpload>): Promise<DiskUpload> {
    try {
      await makeFolder(this.folder);
      await this.#sweepOnce();
      const file = await open(path, 'wx');
      await file.close();
      return new DiskUpload({ key, path, target }, 0, appending);
    } catch (error) {
      throw diskFailure(`cannot begin an upload of ${key}`, error);
    }
  }

  /** Removes what crashes and clients that never came back have left. */
  async #sweepOnce(): Promise<void> {
    if (this.#swept) return;
    this.#swept = true;
    const oldest = Date.now() - abandonedAfter;
    for (const path of await this.#named('')) {
      const stats = await stat(path).catch(() => undefined);
      if (stats && stats.mtimeMs < oldest) await rm(path, { force: true });
    }
  }

  async #named(start: string): Promise<string[]> {
    const names = await readdir(this.folder);
    return names.filter((name) => name.startsWith(start)).map((name) => join(this.folder, name));
  }

  #newPath(name: string): string {
    return join(this.folder, `${name}.${randomUUID()}`);
  }
}
