import type { FilePieces } from '@paddock/delivery';
import { ThreadedHash } from './threaded-hash.js';

/** SHA-256 and torrent of an upload as it grows: each byte is read once for both. */
export class UploadHash {
  private readonly sha256 = ThreadedHash.sha256();
  private readonly pieces: ThreadedHash<FilePieces>;

  /** @param pieceLength in bytes */
  constructor(pieceLength: number) {
    this.pieces = ThreadedHash.pieces(pieceLength);
  }

  /** True when a thread ended: the upload cannot be completed with it. */
  get lost(): boolean {
    return this.sha256.lost || this.pieces.lost;
  }

  /** Settles when the bytes are hashed. Shared memory is read where it lies; anything else is copied first. */
  async update(piece: Uint8Array): Promise<void> {
    const bytes = piece.buffer instanceof SharedArrayBuffer ? piece : sharedCopy(piece);
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

/** A view takes all the memory behind it to the other threads, one copy for each: of a small piece, that of its neighbors too. */
function sharedCopy(piece: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(piece.length));
  copy.set(piece);
  return copy;
}
