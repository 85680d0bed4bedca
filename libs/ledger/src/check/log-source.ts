import type { Tile } from '../tiles/tile-path.js';

/** An entry as a database keeps it. */
export interface EntryRow {
  id: string;
  index: bigint;
  entry: Uint8Array;
}

/** A checkpoint as a database keeps it, with what witnesses signed. */
export interface CheckpointRow {
  size: bigint;
  root: Uint8Array;
  note: string;
  cosignatures: { vkey: string; line: string }[];
}

/** The rows behind a log. A stranger has none of them. */
export interface LogRows {
  /** Of entries with indexes begin (inclusive) to end (exclusive), by index. */
  entries(begin: bigint, end: bigint): Promise<EntryRow[]>;
  /** With sizes begin to end, both inclusive, by size. */
  checkpoints(begin: bigint, end: bigint): Promise<CheckpointRow[]>;
  /** How many entries have an index. */
  size(): Promise<bigint>;
}

/** Where a log lies that is to be checked. */
export interface LogSource {
  /** Undefined where there is none. */
  tile(tile: Tile): Promise<Uint8Array | undefined>;
  /** The published checkpoint. */
  published(): Promise<Uint8Array | undefined>;
  rows?: LogRows;
}

/** One thing that is as it should be, and that whoever checks a log should know. */
export interface Notice {
  where: string;
  notice: string;
}

/** One thing that is not as it should be. */
export interface Finding {
  /** Such as `entry 12 (row …)`, `tile/0/000`, `checkpoint 300`. */
  where: string;
  fault: string;
}
