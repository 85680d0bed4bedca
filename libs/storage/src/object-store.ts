import type { Readable, Writable } from 'node:stream';

/** Keys are `/`-separated; each segment matches `[A-Za-z0-9._-]+` and is neither `.` nor `..`; other keys throw AdapterFailure. */
export type ObjectKey = string;

export interface StoredObject {
  key: ObjectKey;
  /** In bytes. */
  size: number;
  modifiedAt: Date;
}

/** Inclusive on both ends, as in RFC 9110 section 14.1.2. */
export interface ByteRange {
  first: number;
  last: number;
}

/**
 * Looks at bytes on their way. A piece must not be kept or changed, and may be read until the returned promise settles;
 * the store goes on meanwhile, a few pieces ahead at most. A rejection ends the upload.
 */
export type Observer = (piece: Uint8Array) => Promise<void> | void;

export interface AppendOptions {
  /**
   * Sees the same bytes, in pieces of the store's own choice (for hashing), and all of them before the append resolves or
   * rejects with the source's error.
   */
  observe?: Observer;
  /** Nobody reads a chunk again either, so that the store may free its memory as soon as it can. */
  freeChunks?: boolean;
}

/**
 * An object in the making. Nothing of it is visible under its key before `finish`.
 * A source that breaks off keeps what had arrived: `offset` says where the next `append` goes on.
 */
export interface Upload {
  readonly key: ObjectKey;
  /** Bytes received so far. */
  readonly offset: number;
  /**
   * Appends all chunks of the source in order. A chunk belongs to the upload from then on: the source must not write to
   * it again.
   */
  append(source: AsyncIterable<Uint8Array>, options?: AppendOptions): Promise<void>;
  /** The bytes received so far, from the first on, where the store can read them before `finish`. Not during an append. */
  readBack?(): AsyncIterable<Uint8Array>;
  /** Makes the object visible and durable, at once and whole. */
  finish(): Promise<StoredObject>;
  /** Leaves nothing behind. */
  abort(): Promise<void>;
}

export interface PresignRequest {
  /** SigV4 signs the method: a HEAD needs a URL of its own. */
  method: 'GET' | 'HEAD';
  key: ObjectKey;
  /** In seconds, 1 to 604800. */
  expiresIn: number;
  now: Date;
  /** Sent back by the server as response headers. */
  contentDisposition?: string;
  contentType?: string;
}

/** The access keys that a store is asked with, the current one first. */
export interface StoreCredentials {
  accessKeyIds: readonly string[];
  /** The one that the server took last. */
  inUse: string;
}

export interface ObjectStore {
  readonly kind: 'disk' | 's3';
  /** Absent where it needs none. */
  readonly credentials?: StoreCredentials;
  /** Throws when the store cannot be reached or written. */
  check(): Promise<void>;
  head(key: ObjectKey): Promise<StoredObject | undefined>;
  /**
   * Throws AdapterFailure when the object does not exist or the range begins past its end. Of a range that only goes
   * past the end, what there is is read.
   */
  read(key: ObjectKey, range?: ByteRange): Promise<Readable>;
  /**
   * Writes the object (or range) to a sink by the store's fastest way and returns the bytes that the sink has taken.
   * It does not end the sink. Aborting, or a sink that closes, ends it early: the count is what was sent until then.
   */
  send(key: ObjectKey, sink: Writable, options: { range?: ByteRange; signal: AbortSignal }): Promise<number>;
  /** One call for objects whose source is at hand: open, append, finish; abort on failure. Replaces an existing object. */
  put(key: ObjectKey, source: AsyncIterable<Uint8Array>): Promise<StoredObject>;
  /**
   * Opens an upload; with `resume`, one that was broken off, where the store still has it (else a new one at offset 0).
   * Whoever held an open upload of the key before can no longer append or finish: that throws AdapterFailure.
   */
  openUpload(key: ObjectKey, options?: { resume?: boolean }): Promise<Upload>;
  /** No error when there is nothing to delete. */
  delete(key: ObjectKey): Promise<void>;
  /** In the order of the keys. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** Absent where the store cannot hand its bytes to clients itself. */
  presign?(request: PresignRequest): string;
}
