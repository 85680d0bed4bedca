import { tilePath, type Tile, type WrittenTile } from '@paddock/ledger';
import type { ObjectStore } from '@paddock/storage';
import { buffer } from 'node:stream/consumers';

/** Keys of the published log begin with this and a slash. */
export const FOLDER = 'ledger';
/** The published checkpoint's key. */
export const CHECKPOINT = `${FOLDER}/checkpoint`;
/** Each is synced: several at once share the wait. */
const AT_ONCE = 8;

/** Where the public log lies in the object store, under the names of C2SP tlog-tiles: a static web server could serve it. */
export class TileStore {
  constructor(private readonly store: ObjectStore) {}

  /** Undefined where there is none; throws AdapterFailure where that cannot be told. */
  async read(tile: Tile): Promise<Uint8Array | undefined> {
    return this.object(keyOf(tile));
  }

  async write(tiles: readonly WrittenTile[]): Promise<void> {
    const left = tiles.values();
    const writer = async () => {
      for (const { tile, bytes } of left) await this.store.put(keyOf(tile), oneChunk(bytes));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, writer));
  }

  /** The published checkpoint, without what witnesses said of it since. */
  async checkpoint(): Promise<Uint8Array | undefined> {
    return this.object(CHECKPOINT);
  }

  /** Last of all: whoever reads it finds every tile that it stands on. */
  async writeCheckpoint(note: string): Promise<void> {
    await this.store.put(CHECKPOINT, oneChunk(Buffer.from(note)));
  }

  private async object(key: string): Promise<Uint8Array | undefined> {
    if (!(await this.store.head(key))) return undefined;
    return buffer(await this.store.read(key));
  }
}

const keyOf = (tile: Tile) => `${FOLDER}/${tilePath(tile)}`;

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
