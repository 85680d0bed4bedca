import type { V1Pieces } from './v1-hasher.js';
import type { V2Pieces } from './v2-hasher.js';

/** What a torrent needs to know of one file's bytes. Files begin at a piece each, so that it depends on no other file. */
export interface FilePieces extends V1Pieces, V2Pieces {
  /** In bytes. */
  pieceLength: number;
}
