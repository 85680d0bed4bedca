import { Injectable } from '@nestjs/common';
import type { OpenBlob, Upload } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import type { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { noteGarbage } from '../../catalog/uploads/garbage-objects.js';
import { ThreadedHash } from '../../catalog/uploads/threaded-hash.js';
import { UploadSessions, type UploadSession } from '../../catalog/uploads/upload-sessions.js';
import type { PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { RuntimesService, type RuntimeAddress } from './runtimes.service.js';

interface UploadRow {
  id: string;
  publisherId: string;
  digest: string;
  size: number;
}

type Session = UploadSession<ThreadedHash<string>>;

const COLUMNS = 'id, publisher_id AS "publisherId", digest, size::float8';
const FORGET_OTHER = 'DELETE FROM blob_upload WHERE publisher_id = $1 AND digest = $2 AND size <> $3 RETURNING id, digest';
const OPEN = `
  INSERT INTO blob_upload (id, publisher_id, digest, size) VALUES ($1, $2, $3, $4)
  ON CONFLICT (publisher_id, digest) DO UPDATE SET size = excluded.size RETURNING ${COLUMNS}`;
/** Whoever brought the same bytes first keeps them. */
const KEEP =
  'INSERT INTO blob (publisher_id, digest, size, storage_key) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING storage_key';

/** Blobs on their way in. What its publisher has under a digest is not sent again; what has another digest is not kept. */
@Injectable()
export class BlobUploads {
  private readonly sessions: UploadSessions<ThreadedHash<string>>;

  constructor(
    private readonly database: DataSource,
    runtime: Runtime,
    private readonly runtimes: RuntimesService,
  ) {
    this.sessions = new UploadSessions(runtime.store);
  }

  async open(actor: PersonActor, at: RuntimeAddress, { digest, size }: OpenBlob): Promise<Upload> {
    await this.sessions.dropIdle(Date.now());
    const found = await this.database.transaction(async (tx) => {
      const { publisherId } = await this.runtimes.runtimeOf(tx, actor, at);
      // Marked as used, so that it is still there when the manifest comes.
      const [[known]] = await tx.query<[{ size: number }[], number]>(
        'UPDATE blob SET used_at = clock_timestamp() WHERE publisher_id = $1 AND digest = $2 RETURNING size::float8',
        [publisherId, digest],
      );
      if (known && known.size !== size) throw new Refusal('digest-mismatch', `${digest} has ${known.size} bytes.`);
      if (known) return complete(uuidv7(), digest, size);
      const [other] = await tx.query<[UploadRow[], number]>(FORGET_OTHER, [publisherId, digest, size]);
      await noteGarbage(tx, other.map(keyOf));
      const [row] = await tx.query<UploadRow[]>(OPEN, [uuidv7(), publisherId, digest, size]);
      return row!;
    });
    return 'state' in found ? found : this.shown(found);
  }

  async find(actor: PersonActor, at: RuntimeAddress, id: string): Promise<Upload> {
    return this.shown(await this.rowOf(actor, at, id));
  }

  async receive(actor: PersonActor, at: RuntimeAddress, id: string, offset: number, body: Readable): Promise<Upload> {
    const row = await this.rowOf(actor, at, id);
    const session = await this.sessionOf(row);
    await this.sessions.receive(row.id, session, { offset, size: row.size }, body);
    return session.upload.offset < row.size ? this.shown(row) : this.complete(row, session);
  }

  private async complete(row: UploadRow, session: Session): Promise<Upload> {
    const sha256 = await session.hash.digest();
    await this.sessions.end(row.id);
    if (row.digest !== `sha256:${sha256}`) {
      await session.upload.abort();
      await this.database.query('DELETE FROM blob_upload WHERE id = $1', [row.id]);
      throw new Refusal('digest-mismatch', `The bytes that came have the digest sha256:${sha256}, not ${row.digest}.`);
    }
    await session.upload.finish();
    if (!(await this.keep(row))) throw new Refusal('not-found', 'This upload was given up meanwhile.');
    return complete(row.id, row.digest, row.size);
  }

  /** False for an upload that was given up. Until this commits its row stands, and collection finds the object by it. */
  private keep(row: UploadRow): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [, held] = await tx.query<[unknown[], number]>('DELETE FROM blob_upload WHERE id = $1', [row.id]);
      const kept = held > 0 ? await tx.query<unknown[]>(KEEP, [row.publisherId, row.digest, row.size, keyOf(row)]) : [];
      if (kept.length === 0) await noteGarbage(tx, [keyOf(row)]);
      return held > 0;
    });
  }

  private async rowOf(actor: PersonActor, at: RuntimeAddress, id: string): Promise<UploadRow> {
    return this.database.transaction(async (tx) => {
      const { publisherId } = await this.runtimes.runtimeOf(tx, actor, at);
      const [row] = await tx.query<UploadRow[]>(`SELECT ${COLUMNS} FROM blob_upload WHERE id = $1 AND publisher_id = $2`, [
        id,
        publisherId,
      ]);
      if (!row) throw new Refusal('not-found', 'There is no such upload under way.');
      return row;
    });
  }

  private sessionOf(row: UploadRow): Promise<Session> {
    return this.sessions.of(row.id, keyOf(row), () => ThreadedHash.sha256());
  }

  private async shown(row: UploadRow): Promise<Upload> {
    const { upload } = await this.sessionOf(row);
    return { id: row.id, path: row.digest, size: row.size, offset: upload.offset, state: 'open' };
  }
}

/** By digest, and of this one upload: what is deleted as garbage is never what somebody brings again meanwhile. */
export function keyOf({ digest, id }: { digest: string; id: string }): string {
  return `blobs/${digest.replace(':', '/')}/${id}`;
}

function complete(id: string, digest: string, size: number): Upload {
  return { id, path: digest, size, offset: size, state: 'complete', sha256: digest.slice('sha256:'.length) };
}
