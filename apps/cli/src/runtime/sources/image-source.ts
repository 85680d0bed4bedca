import { MAX_MANIFEST } from '@paddock/domain';
import { createHash } from 'node:crypto';
import { CliFailure, EXIT } from '../../cli-failure.js';
import type { ReadableFile } from '../../publish/hashing-reader.js';

/** What is named by its content. */
export interface Content {
  mediaType: string;
  digest: string;
  /** In bytes; a registry may not tell that of a tag. */
  size?: number | undefined;
}

/** Where an image comes from. */
export interface ImageSource {
  /** The one image that was asked for. */
  root(): Promise<Content>;
  /** Its bytes are those of its digest. */
  manifest(content: Content): Promise<Buffer>;
  /** Manifests that name this one as their subject, such as an SBOM. */
  referrers(digest: string): Promise<Content[]>;
  /** The blob as (part of) a file; whoever reads it checks its digest. `done` lets go of it. */
  blob(content: Content & { size: number }): Promise<{ file: ReadableFile; done(): Promise<void> }>;
  close(): Promise<void>;
}

export function sourceUnfit(detail: string, remedy = 'Copy the image again, such as with skopeo, and import that.'): CliFailure {
  return new CliFailure('source-unfit', detail, remedy, EXIT.refusedHere);
}

export function wrongBytes(digest: string, found: string): CliFailure {
  const detail = `what the source has under ${digest} ${found}`;
  return new CliFailure('digest-mismatch', detail, 'Nothing of it was imported. Copy the image to the source again.', EXIT.wrongBytes);
}

/** @throws CliFailure unless these are the bytes of the digest, and no more than a manifest has */
export function checkedManifest({ digest, size }: Content, bytes: Buffer): Buffer {
  if (bytes.length > MAX_MANIFEST) throw sourceUnfit(`the manifest ${digest} has more than ${MAX_MANIFEST} bytes`);
  if (size !== undefined && bytes.length !== size) throw wrongBytes(digest, `has ${bytes.length} bytes instead of ${size}`);
  const found = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (found !== digest) throw wrongBytes(digest, `has the digest ${found}`);
  return bytes;
}
