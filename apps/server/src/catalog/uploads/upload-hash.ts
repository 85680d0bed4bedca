import type { FilePieces } from '@paddock/delivery';
import { shared } from './shared-bytes.js';
import { ThreadedHash } from './threaded-hash.js';
import { TorrentHash } from './torrent-hash.js';

/** SHA-256 and torrent of an upload as it grows: each byte is read once for both. */
export class UploadHash {
  private readonly sha256 = ThreadedHash.sha256();
  private readonly pieces: TorrentHash;

  /** @param pieceLength in bytes */
  constructor(pieceLength: number) {
    this.pieces = new TorrentHash(pieceLength);
  }

  /** True when a thread ended: the upload cannot be completed with it. */
  get lost(): boolean {
    return this.sha256.lost || this.pieces.lost;
  }

  /** Settles when the bytes are hashed. */
  async update(piece: Uint8Array): Promise<void> {
    const bytes = shared(piece);
    await Promise.all([this.sha256.update(bytes), this.pieces.update(bytes)]);
  }

  /** The hash is over. */
  async digest(): Promise<{ sha256: string; pieces: FilePieces }> {
    const [sha256, pieces] = await Promise.all([this.sha256.digest(), this.pieces.digest()]);
    return { sha256, pieces };
  }

  /** Lets go of a hash that nobody will ask for. */
  end(): void {
    this.sha256.end();
    this.pieces.end();
  }
}
