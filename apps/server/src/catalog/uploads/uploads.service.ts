import { Injectable } from '@nestjs/common';
import type { OpenUpload, Upload } from '@paddock/contracts';
import { pieceLengthFor } from '@paddock/delivery';
import { checkArtifactPath, Refusal } from '@paddock/domain';
import type { Readable } from 'node:stream';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { isConflict } from '../../database/failure.js';
import type { PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog } from '../../ledger/event-log.js';
import { PublishingService } from '../publishing.service.js';
import { ArtifactRecord, type ReleaseRecord } from '../release.entity.js';
import { keepPieces } from '../torrents/kept-pieces.js';
import { giveUpOther, keyOf } from './given-up-uploads.js';
import { readStoredHeader } from './model-header.js';
import { mediaTypeOf } from './media-type.js';
import { UploadHash } from './upload-hash.js';
import { UploadSessions, type UploadSession } from './upload-sessions.js';

interface UploadRow {
  id: string;
  path: string;
  size: number;
  access: 'gated' | 'public';
  pieceLength: number | null;
}

const COLUMNS = 'id, path, size::float8, access, piece_length AS "pieceLength"';

export interface ReleaseAddress {
  model: string;
  release: string;
}

@Injectable()
export class UploadsService {
  private readonly sessions: UploadSessions<UploadHash>;

  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly publishing: PublishingService,
    private readonly events: EventLog,
  ) {
    this.sessions = new UploadSessions(runtime.store);
  }

  /** Opens the upload of a path, or finds the one that was begun; a file that is there already is told with its digest. */
  async open(actor: PersonActor, at: ReleaseAddress, input: OpenUpload): Promise<Upload> {
    const check = checkArtifactPath(input.path);
    if (!check.ok) throw new Refusal('artifact-path', check.reason);
    await this.sessions.dropIdle(Date.now());
    const found = await this.database.transaction(async (tx) => {
      const { release } = await this.publishing.releaseOf(tx, actor, at.model, at.release);
      const known = await tx.findOne(ArtifactRecord, { where: { releaseId: release.id, path: input.path } });
      if (known) return complete(known, input.size);
      refuseUnlessDraft(release);
      await refuseFoldedTwin(tx, release, input.path);
      await giveUpOther(tx, release.id, input);
      const [row] = await tx.query<UploadRow[]>(
        `INSERT INTO upload (id, release_id, path, size, access, account_id, piece_length) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (release_id, path) DO UPDATE SET access = excluded.access RETURNING ${COLUMNS}`,
        [
          uuidv7(),
          release.id,
          input.path,
          input.size,
          input.access,
          actor.account,
          pieceLengthFor(Math.max(input.releaseSize ?? 0, input.size)),
        ],
      );
      return row!;
    });
    return 'state' in found ? found : this.shown(found);
  }

  async find(actor: PersonActor, at: ReleaseAddress, id: string): Promise<Upload> {
    const row = await this.rowOf(actor, at, id);
    return this.shown(row);
  }

  /** What was begun and is not complete, so that whoever comes back knows which files to choose again. */
  async list(actor: PersonActor, at: ReleaseAddress) {
    const rows = await this.database.transaction(async (tx) => {
      const { release } = await this.publishing.releaseOf(tx, actor, at.model, at.release);
      return tx.query<UploadRow[]>(`SELECT ${COLUMNS} FROM upload WHERE release_id = $1 ORDER BY path LIMIT 1000`, [release.id]);
    });
    const items: Upload[] = [];
    for (const row of rows) items.push(await this.shown(row));
    return { items, nextCursor: null };
  }

  /** Receives the rest from `offset`; the last byte makes the file an artifact. */
  async receive(actor: PersonActor, at: ReleaseAddress, id: string, offset: number, body: Readable): Promise<Upload> {
    const row = await this.rowOf(actor, at, id);
    const session = await this.sessionOf(row);
    await this.sessions.receive(row.id, session, { offset, size: row.size }, body);
    return session.upload.offset < row.size ? this.shown(row) : this.complete(actor, at, row, session);
  }

  private async complete(actor: PersonActor, at: ReleaseAddress, row: UploadRow, session: UploadSession<UploadHash>): Promise<Upload> {
    const { sha256, pieces } = await session.hash.digest();
    await this.sessions.end(row.id);
    await session.upload.finish();
    const header = await readStoredHeader(this.runtime.store, keyOf(row), row.path, row.size);
    try {
      await this.database.transaction(async (tx) => {
        const { model, release } = await this.publishing.releaseOf(tx, actor, at.model, at.release);
        refuseUnlessDraft(release);
        const [, held] = await tx.query<[unknown[], number]>('DELETE FROM upload WHERE id = $1', [row.id]);
        if (held === 0) throw new Refusal('not-found', 'This upload was given up meanwhile.');
        const { path, size, access } = row;
        await tx.insert(ArtifactRecord, {
          id: row.id,
          releaseId: release.id,
          path,
          size,
          sha256,
          mediaType: mediaTypeOf(path),
          access,
          storageKey: keyOf(row),
          header: header as never,
        });
        await keepPieces(tx, row.id, pieces);
        await this.events.append(
          actor,
          { kind: 'artifact-added', subject: release.id, model: model.id, detail: { path, size, sha256 } },
          tx,
        );
      });
    } catch (error) {
      const twin = isConflict(error);
      // A database that went away may have committed: then this is an artifact's object. Else the upload's row still names it.
      if (twin || error instanceof Refusal) await this.runtime.store.delete(keyOf(row));
      if (twin) throw new Refusal('artifact-exists', `A file \`${row.path}\` exists already (upper and lower case count as one).`);
      throw error;
    }
    return { id: row.id, path: row.path, size: row.size, offset: row.size, state: 'complete', sha256 };
  }

  private async rowOf(actor: PersonActor, at: ReleaseAddress, id: string): Promise<UploadRow> {
    return this.database.transaction(async (tx) => {
      const { release } = await this.publishing.releaseOf(tx, actor, at.model, at.release);
      const [row] = await tx.query<UploadRow[]>(`SELECT ${COLUMNS} FROM upload WHERE id = $1 AND release_id = $2`, [id, release.id]);
      if (!row) throw new Refusal('not-found', 'There is no such upload under way.');
      return row;
    });
  }

  private sessionOf(row: UploadRow): Promise<UploadSession<UploadHash>> {
    return this.sessions.of(row.id, keyOf(row), () => new UploadHash(row.pieceLength ?? pieceLengthFor(row.size)));
  }

  private async shown(row: UploadRow): Promise<Upload> {
    const { upload } = await this.sessionOf(row);
    return { id: row.id, path: row.path, size: row.size, offset: upload.offset, state: 'open' };
  }
}

function refuseUnlessDraft(release: ReleaseRecord): void {
  if (release.state !== 'draft')
    throw new Refusal('release-state', `Files are added to a draft; this release is ${release.state}.`, { state: release.state });
}

/** Told before the bytes are sent; the unique index says the same when two uploads end at once. */
async function refuseFoldedTwin(tx: EntityManager, release: ReleaseRecord, path: string): Promise<void> {
  const [twin] = await tx.query<{ path: string }[]>('SELECT path FROM artifact WHERE release_id = $1 AND lower(path) = lower($2)', [
    release.id,
    path,
  ]);
  if (twin) throw new Refusal('artifact-exists', `A file \`${twin.path}\` exists already (upper and lower case count as one).`);
}

function complete(artifact: ArtifactRecord, size: number): Upload {
  if (artifact.size !== size) throw new Refusal('artifact-exists', `\`${artifact.path}\` exists with ${artifact.size} bytes, not ${size}.`);
  return { id: artifact.id, path: artifact.path, size, offset: size, state: 'complete', sha256: artifact.sha256 };
}
