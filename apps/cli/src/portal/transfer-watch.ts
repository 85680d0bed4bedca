import type { ByteProgress } from '../terminal/byte-progress.js';

/** What a transfer tells the terminal about itself. */
export interface TransferWatch {
  /** Bytes that are done with, in steps; negative when a break took some back. */
  onBytes(count: number): void;
  /** `moved` is false when the other side had the same bytes already. */
  onFile(path: string, moved: boolean): void;
  onRetry(path: string, reason: string): void;
  /** Before the first retry. */
  firstPauseMs: number;
}

/** @param moved the word for a file that was transferred, such as `uploaded` */
export function watchWith(progress: ByteProgress, moved: string): TransferWatch {
  return {
    onBytes: (count) => progress.add(count),
    onFile: (path, wasMoved) => progress.note(`${path}: ${wasMoved ? moved : 'there already'}`),
    onRetry: (path, reason) => progress.note(`${path}: ${reason}; trying again`),
    firstPauseMs: 250,
  };
}
