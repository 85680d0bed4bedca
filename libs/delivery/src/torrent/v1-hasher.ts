import { createHash, type Hash } from 'node:crypto';

export interface V1Pieces {
  /** SHA-1 of each piece, 20 bytes each; the last one of the bytes that there are. */
  sha1: Uint8Array;
  /** SHA-1 of the last piece filled up with zeros, where it is shorter than a piece and another file follows. */
  sha1Padded: Uint8Array | null;
}

const ZEROS = Buffer.alloc(1024 * 1024);

/** Hashes the pieces of a file for v1 (BEP 3) as its bytes come, in parts of any size. Nothing of the bytes is kept. */
export class V1Hasher {
  private readonly pieces: Buffer[] = [];
  private piece: Hash = createHash('sha1');
  /** Bytes of the piece under way. */
  private inPiece = 0;

  /** @param pieceLength in bytes */
  constructor(private readonly pieceLength: number) {}

  update(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + this.pieceLength - this.inPiece);
      this.piece.update(part);
      this.inPiece += part.length;
      at += part.length;
      if (this.inPiece === this.pieceLength) this.endPiece();
    }
  }

  /** The hasher is over. */
  digest(): V1Pieces {
    const left = this.inPiece;
    const sha1Padded = left > 0 ? paddedWith(this.piece.copy(), this.pieceLength - left) : null;
    if (left > 0) this.endPiece();
    return { sha1: Buffer.concat(this.pieces), sha1Padded };
  }

  private endPiece(): void {
    this.pieces.push(this.piece.digest());
    this.piece = createHash('sha1');
    this.inPiece = 0;
  }
}

function paddedWith(sha1: Hash, zeros: number): Buffer {
  for (let left = zeros; left > 0; left -= ZEROS.length) sha1.update(ZEROS.subarray(0, left));
  return sha1.digest();
}
