import { decodeBundle, ProofFault, TILE_WIDTH, widthIn } from '@paddock/ledger';
import type { TileStore } from '../log/tile-store.js';

/** The entries of a published log from an index on, bundle by bundle. Throws ProofFault where the store lacks them. */
export async function* storedEntries(tiles: TileStore, from: bigint, size: bigint): AsyncGenerator<Uint8Array[]> {
  for (let at = from; at < size;) {
    const index = at / BigInt(TILE_WIDTH);
    const first = index * BigInt(TILE_WIDTH);
    const width = widthIn(size, 'entries', index);
    const bytes = await tiles.read({ level: 'entries', index, width });
    if (!bytes) throw new ProofFault(`The bundle of the entries from ${first} on is missing.`);
    yield decodeBundle(bytes, width).slice(Number(at - first));
    at = first + BigInt(width);
  }
}
