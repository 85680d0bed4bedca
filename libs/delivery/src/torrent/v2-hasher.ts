import { emptyRoot, HASH_LENGTH, merkleRoot, writeSha256 } from './merkle.js';
import { BLOCK_LENGTH } from './piece-length.js';

export interface V2Pieces {
  /** The piece layer, 32 bytes a piece; empty for a file of one piece or less. */
  layer: Uint8Array;
  /** Root of the file's hash tree; null for an empty file. */
  root: Uint8Array | null;
}

/** Hashes the tree of a file for v2 (BEP 52) as its bytes come, in parts of any size. Of the bytes, less than a block is kept. */
export class V2Hasher {
  private readonly blocksInPiece: number;
  private readonly pieceRoots: Buffer[] = [];
  /** Hashes of the blocks of the piece under way, in a row. */
  private readonly blocks: Buffer;
  private blockCount = 0;
  /** The tree of a file of one piece is no wider than its blocks. */
  private rootOfOnePiece: Buffer | null = null;
  private readonly carry = Buffer.allocUnsafeSlow(BLOCK_LENGTH);
  private carried = 0;

  /** @param pieceLength in bytes */
  constructor(pieceLength: number) {
    this.blocksInPiece = pieceLength / BLOCK_LENGTH;
    this.blocks = Buffer.alloc(this.blocksInPiece * HASH_LENGTH);
  }

  update(bytes: Uint8Array): void {
    let at = 0;
    if (this.carried > 0) {
      at = Math.min(BLOCK_LENGTH - this.carried, bytes.length);
      this.keep(bytes.subarray(0, at));
      if (this.carried < BLOCK_LENGTH) return;
      this.endBlock(this.carry);
      this.carried = 0;
    }
    for (; at + BLOCK_LENGTH <= bytes.length; at += BLOCK_LENGTH) this.endBlock(bytes.subarray(at, at + BLOCK_LENGTH));
    this.keep(bytes.subarray(at));
  }

  /** The hasher is over. */
  digest(): V2Pieces {
    if (this.carried > 0) this.endBlock(this.carry.subarray(0, this.carried));
    if (this.blockCount > 0) this.endPiece();
    if (this.pieceRoots.length <= 1) return { layer: Buffer.alloc(0), root: this.rootOfOnePiece };
    const layer = Buffer.concat(this.pieceRoots);
    return { layer, root: merkleRoot(layer, 1, emptyRoot(this.blocksInPiece)) };
  }

  private endBlock(block: Uint8Array): void {
    writeSha256(block, this.blocks, this.blockCount * HASH_LENGTH);
    this.blockCount += 1;
    if (this.blockCount === this.blocksInPiece) this.endPiece();
  }

  private endPiece(): void {
    const hashes = this.blocks.subarray(0, this.blockCount * HASH_LENGTH);
    if (this.pieceRoots.length === 0) this.rootOfOnePiece = merkleRoot(hashes);
    this.pieceRoots.push(merkleRoot(hashes, this.blocksInPiece));
    this.blockCount = 0;
  }

  private keep(bytes: Uint8Array): void {
    this.carry.set(bytes, this.carried);
    this.carried += bytes.length;
  }
}
