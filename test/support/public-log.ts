import {
  consistencyProof,
  decodeBundle,
  GrowingLog,
  parseVerifierKey,
  TILE_WIDTH,
  tilePath,
  tileReader,
  verifyCheckpoint,
  verifyConsistency,
  widthIn,
  type SubtreeReader,
  type Tile,
  type VerifiedCheckpoint,
} from '@paddock/ledger';
import { until } from './processes.js';

interface PublishedKeys {
  origin: string;
  keys: { vkey: string; from: string; until: string | null }[];
  witnesses: { vkey: string }[];
}

/** A stranger who reads the log of a portal over HTTP and believes nothing that they cannot check. */
export class PublicLogReader {
  constructor(readonly portal: string) {}

  async keys(): Promise<PublishedKeys> {
    return (await (await this.get('/.well-known/paddock-ledger-keys')).json()) as PublishedKeys;
  }

  /** Verified by the published keys, also those of witnesses. */
  async checkpoint(): Promise<VerifiedCheckpoint & { note: string }> {
    const { keys, witnesses } = await this.keys();
    const note = await (await this.get('/ledger/checkpoint')).text();
    return {
      ...verifyCheckpoint(
        note,
        [...keys, ...witnesses].map(({ vkey }) => parseVerifierKey(vkey)),
      ),
      note,
    };
  }

  /** Once it covers as many entries. */
  async checkpointOf(size: number, milliseconds = 30_000): Promise<VerifiedCheckpoint> {
    let checkpoint: VerifiedCheckpoint | undefined;
    await until(`a checkpoint of ${size} entries`, milliseconds, async () => {
      checkpoint = await this.checkpoint().catch(() => undefined);
      return checkpoint && checkpoint.size >= BigInt(size);
    });
    return checkpoint!;
  }

  async tile(tile: Tile): Promise<Uint8Array> {
    return new Uint8Array(await (await this.get(`/ledger/${tilePath(tile)}`)).arrayBuffer());
  }

  subtrees({ size }: VerifiedCheckpoint): SubtreeReader {
    return tileReader(size, (tile) => this.tile(tile));
  }

  async entries({ size }: VerifiedCheckpoint): Promise<Uint8Array[]> {
    const entries: Uint8Array[] = [];
    for (let index = 0n; index * BigInt(TILE_WIDTH) < size; index += 1n) {
      const width = widthIn(size, 'entries', index);
      entries.push(...decodeBundle(await this.tile({ level: 'entries', index, width }), width));
    }
    return entries;
  }

  /** Throws unless entries, tiles and checkpoint are one log, which holds the older one unchanged. */
  async expectWhole(older?: VerifiedCheckpoint): Promise<VerifiedCheckpoint> {
    const checkpoint = await this.checkpoint();
    const { log, written } = GrowingLog.EMPTY.append(await this.entries(checkpoint));
    const served = await Promise.all(written.map(({ tile }) => this.tile(tile)));
    expectOneLog({ size: log.size, root: log.root(), tiles: written.map(({ bytes }) => bytes) }, { ...checkpoint, tiles: served });
    return older ? this.expectConsistent(older) : checkpoint;
  }

  /** Throws unless the newest checkpoint goes on from the older one. */
  async expectConsistent(older: VerifiedCheckpoint): Promise<VerifiedCheckpoint> {
    const checkpoint = await this.checkpoint();
    if (older.size === 0n) return checkpoint;
    const proof = await consistencyProof(older.size, checkpoint.size, this.subtrees(checkpoint));
    verifyConsistency(older.size, checkpoint.size, proof, older.root, checkpoint.root);
    return checkpoint;
  }

  private async get(path: string): Promise<Response> {
    const response = await fetch(`${this.portal}${path}`);
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response;
  }
}

function expectOneLog(recomputed: Pick<VerifiedCheckpoint, 'size' | 'root'> & { tiles: Uint8Array[] }, served: typeof recomputed): void {
  for (const part of ['size', 'root', 'tiles'] as const) expect(served[part]).toEqual(recomputed[part]);
}
