import { createHash, hash, type Hash } from 'node:crypto';
import { emptyRoot, merkleRoot } from './merkle.js';
import { BLOCK_LENGTH } from './piece-length.js';

/** What a torrent needs to know of one file's bytes. Files begin at a piece each, so that it depends on no other file. */
export interface FilePieces {
  /** In bytes. */
  pieceLength: number;
  /** v1: SHA-1 of each piece, 20 bytes each; the last one of the bytes that there are. */
  sha1: Uint8Array;
  /** v1: SHA-1 of the last piece filled up with zeros, where it is shorter than a piece and another file follows. */
  sha1Padded: Uint8Array | null;
  /** v2: the piece layer, 32 bytes a piece; empty for a file of one piece or less. */
  layer: Uint8Array;
  /** v2: root of the file's hash tree; null for an empty file. */
  root: Uint8Array | null;
}

const ZEROS = Buffer.alloc(1024 * 1024);

/** Hashes a file for v1 and v2 at once, as its bytes come, in pieces of any size. Nothing of the bytes is kept. */
export class PieceHasher {
  private readonly sha1: Buffer[] = [];
  private readonly pieceRoots: Buffer[] = [];
  private piece: Hash = createHash('sha1');
  /** Bytes of the piece under way. */
  private inPiece = 0;
  private blocks: Buffer[] = [];
  /** The tree of a file of one piece is no wider than its blocks. */
  private firstBlocks: Buffer[] = [];
  private readonly carry = Buffer.allocUnsafeSlow(BLOCK_LENGTH);
  private carried = 0;

  constructor(private readonly pieceLength: number) {}

  update(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + this.pieceLength - this.inPiece);
      this.piece.update(piece);
      this.updateBlocks(piece);
      this.inPiece += piece.length;
      at += piece.length;
      if (this.inPiece === this.pieceLength) this.endPiece();
    }
  }

  /** The hasher is over. */
  digest(): FilePieces {
    const { pieceLength } = this;
    const left = this.inPiece;
    let sha1Padded: Buffer | null = null;
    if (left > 0) {
      sha1Padded = paddedWith(this.piece.copy(), pieceLength - left);
      if (this.carried > 0) this.blocks.push(hash('sha256', this.carry.subarray(0, this.carried), 'buffer'));
      this.carried = 0;
      this.endPiece();
    }
    const single = this.sha1.length <= 1;
    return {
      pieceLength,
      sha1: Buffer.concat(this.sha1),
      sha1Padded,
      layer: single ? Buffer.alloc(0) : Buffer.concat(this.pieceRoots),
      root: this.sha1.length === 0 ? null : this.rootOfFile(single),
    };
  }

  private rootOfFile(single: boolean): Buffer {
    return single ? merkleRoot(this.firstBlocks) : merkleRoot(this.pieceRoots, 1, emptyRoot(this.pieceLength / BLOCK_LENGTH));
  }

  private endPiece(): void {
    this.sha1.push(this.piece.digest());
    if (this.sha1.length === 1) this.firstBlocks = this.blocks;
    this.pieceRoots.push(merkleRoot(this.blocks, this.pieceLength / BLOCK_LENGTH));
    this.piece = createHash('sha1');
    this.inPiece = 0;
    this.blocks = [];
  }

  private updateBlocks(bytes: Uint8Array): void {
    let at = 0;
    if (this.carried > 0) {
      at = Math.min(BLOCK_LENGTH - this.carried, bytes.length);
      this.keep(bytes.subarray(0, at));
      if (this.carried < BLOCK_LENGTH) return;
      this.blocks.push(hash('sha256', this.carry, 'buffer'));
      this.carried = 0;
    }
    for (; at + BLOCK_LENGTH <= bytes.length; at += BLOCK_LENGTH) {
      this.blocks.push(hash('sha256', bytes.subarray(at, at + BLOCK_LENGTH), 'buffer'));
    }
    this.keep(bytes.subarray(at));
  }

  private keep(bytes: Uint8Array): void {
    this.carry.set(bytes, this.carried);
    this.carried += bytes.length;
  }
}

function paddedWith(sha1: Hash, zeros: number): Buffer {
  for (let left = zeros; left > 0; left -= ZEROS.length) sha1.update(ZEROS.subarray(0, left));
  return sha1.digest();
}
