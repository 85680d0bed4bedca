import type { FilePieces, V1Pieces, V2Pieces } from '@paddock/delivery';
import { shared } from './shared-bytes.js';
import { ThreadedHash } from './threaded-hash.js';

/** What a hybrid torrent needs of a file, v1 and v2 in a thread each. */
export class TorrentHash {
  private readonly v1: ThreadedHash<V1Pieces>;
  private readonly v2: ThreadedHash<V2Pieces>;

  /** @param pieceLength in bytes */
  constructor(private readonly pieceLength: number) {
    this.v1 = ThreadedHash.v1(pieceLength);
    this.v2 = ThreadedHash.v2(pieceLength);
  }

  /** True when a thread ended: the hash cannot be completed. */
  get lost(): boolean {
    return this.v1.lost || this.v2.lost;
  }

  /** Settles when the bytes are hashed. Shared memory is read where it lies; anything else is copied first. */
  async update(piece: Uint8Array): Promise<void> {
    const bytes = shared(piece);
    await Promise.all([this.v1.update(bytes), this.v2.update(bytes)]);
  }

  /** The hash is over. */
  async digest(): Promise<FilePieces> {
    const [v1, v2] = await Promise.all([this.v1.digest(), this.v2.digest()]);
    return { pieceLength: this.pieceLength, ...v1, ...v2 };
  }

  /** Lets go of a hash that nobody will ask for. */
  end(): void {
    this.v1.end();
    this.v2.end();
  }
}
