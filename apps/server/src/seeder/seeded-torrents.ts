import { Injectable } from '@nestjs/common';
import { layOut, spansOf, type TorrentPlace } from '@paddock/delivery';
import { DataSource } from 'typeorm';
import { Runtime } from '../http/runtime.js';
import { BlockWindows } from './block-windows.js';

export interface SeededTorrent {
  release: string;
  pieceLength: number;
  /** In bytes. */
  size: number;
  places: readonly TorrentPlace[];
  storageKeys: ReadonlyMap<string, string>;
}

const MOST_KNOWN = 100;
const BY_HASH = `
  SELECT t.release_id AS release, t.piece_length AS "pieceLength" FROM torrent t JOIN release r ON r.id = t.release_id AND r.state = 'published'
  WHERE t.info_hash_v1 = $1 OR substr(t.info_hash_v2, 1, 20) = $1 OR t.info_hash_aria2 = $1`;

/** The torrents of published releases, as bytes of the store. */
@Injectable()
export class SeededTorrents {
  private readonly known = new Map<string, SeededTorrent>();
  private readonly windows: BlockWindows;

  constructor(
    private readonly database: DataSource,
    runtime: Runtime,
  ) {
    this.windows = new BlockWindows(runtime.store);
  }

  /** By any of its info hashes, 40 hexadecimal digits. */
  async find(infoHash: string): Promise<SeededTorrent | undefined> {
    const known = this.known.get(infoHash);
    if (known) return known;
    const [row] = await this.database.query<{ release: string; pieceLength: number }[]>(BY_HASH, [Buffer.from(infoHash, 'hex')]);
    if (!row) return undefined;
    const artifacts = await this.database.query<{ path: string; size: number; storageKey: string }[]>(
      'SELECT path, size::float8, storage_key AS "storageKey" FROM artifact WHERE release_id = $1',
      [row.release],
    );
    const places = layOut(artifacts, row.pieceLength);
    const last = places.at(-1)!;
    const storageKeys = new Map(artifacts.map(({ path, storageKey }) => [path, storageKey]));
    const torrent = { ...row, places, storageKeys, size: last.offset + last.size };
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    this.known.set(infoHash, torrent);
    return torrent;
  }

  /** @throws RangeError beyond the torrent's bytes */
  async read({ places, storageKeys }: SeededTorrent, offset: number, length: number): Promise<Buffer> {
    const spans = spansOf(places, offset, length);
    const pieces = await Promise.all(
      spans.map(({ place, first, length }) =>
        place.kind === 'padding' ? Buffer.alloc(length) : this.windows.read(storageKeys.get(place.path)!, place.size, first, length),
      ),
    );
    return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  }
}
