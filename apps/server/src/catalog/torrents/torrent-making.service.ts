import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { makeTorrent, pieceLengthFor, type TorrentFile } from '@paddock/delivery';
import { DataSource, type EntityManager } from 'typeorm';
import { underSessionLock } from '../../database/session-lock.js';
import { Runtime } from '../../http/runtime.js';
import { Sweeps } from '../../jobs/sweeps.js';
import { TorrentHash } from '../uploads/torrent-hash.js';
import { hashedArtifacts, keepPieces, type HashedArtifact } from './kept-pieces.js';

/** Any number serves: it keeps two processes from reading the same files at once. */
const LOCK = 7_223_454;

/**
 * Makes the torrent of a release as it is published. Where a file was hashed for pieces of another length, or before
 * there were torrents, a sweep reads it again and makes the torrent then.
 */
@Injectable()
export class TorrentMaking implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'torrents', everyMs: 2000, run: () => this.makeMissing() });
  }

  /** In the transaction that publishes. False where a file has yet to be read. */
  async make(tx: EntityManager, release: { id: string; name: string }, model: string): Promise<boolean> {
    const pieceLength = await pieceLengthOf(tx, release.id);
    const artifacts = await hashedArtifacts(tx, release.id, pieceLength);
    if (!artifacts.every(isHashed)) return false;
    if (artifacts.every(({ size }) => size === 0)) return true;
    const name = `${model}-${release.name}`;
    const torrent = makeTorrent({ name, source: `${model}/${release.name}`, pieceLength, files: artifacts });
    await tx.query(
      `INSERT INTO torrent (release_id, name, piece_length, info, piece_layers, info_hash_v1, info_hash_v2, info_hash_aria2)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [release.id, name, pieceLength, torrent.info, torrent.pieceLayers, torrent.infoHashV1, torrent.infoHashV2, torrent.infoHashAria2],
    );
    return true;
  }

  private async makeMissing(): Promise<number> {
    const [missing] = await this.missing(1);
    if (!missing) return 0;
    return (await underSessionLock(this.database, LOCK, () => this.makeAll())) ?? 0;
  }

  private async makeAll(): Promise<number> {
    let made = 0;
    for (const release of await this.missing(100)) {
      if (this.runtime.stopping) break;
      try {
        await this.readAll(release.id);
        if (await this.database.transaction((tx) => this.make(tx, release, release.model))) made += 1;
      } catch (error) {
        // A file that cannot be read now must not keep other releases waiting.
        this.runtime.logger.warn({ release: release.id, error }, 'no torrent could be made of this release yet');
      }
    }
    return made;
  }

  private async readAll(release: string): Promise<void> {
    const pieceLength = await pieceLengthOf(this.database.manager, release);
    const artifacts = await hashedArtifacts(this.database.manager, release, pieceLength);
    for (const artifact of artifacts.filter((one) => !isHashed(one))) await this.read(artifact, pieceLength);
  }

  private async read(artifact: HashedArtifact, pieceLength: number): Promise<void> {
    const hash = new TorrentHash(pieceLength);
    try {
      for await (const bytes of await this.runtime.store.read(artifact.storageKey)) await hash.update(bytes as Uint8Array);
    } catch (error) {
      hash.end();
      throw error;
    }
    await keepPieces(this.database.manager, artifact.id, await hash.digest());
  }

  private missing(most: number): Promise<{ id: string; name: string; model: string }[]> {
    return this.database.query(
      `SELECT r.id, r.name, m.slug AS model FROM release r JOIN model m ON m.id = r.model_id
       WHERE r.state = 'published' AND NOT EXISTS (SELECT FROM torrent t WHERE t.release_id = r.id)
         AND EXISTS (SELECT FROM artifact a WHERE a.release_id = r.id AND a.size > 0) ORDER BY r.published_at LIMIT $1`,
      [most],
    );
  }
}

function isHashed(artifact: HashedArtifact): artifact is HashedArtifact & TorrentFile {
  return artifact.pieces !== null;
}

async function pieceLengthOf(tx: EntityManager, release: string): Promise<number> {
  const [row] = await tx.query<{ size: number }[]>('SELECT coalesce(sum(size), 0)::float8 AS size FROM artifact WHERE release_id = $1', [
    release,
  ]);
  return pieceLengthFor(row!.size);
}
