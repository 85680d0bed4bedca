import { isDigest, MANIFEST_TYPES, MAX_MANIFEST } from '@paddock/domain';
import { createHash, randomUUID } from 'node:crypto';
import { open, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { Patience } from '../../portal/patience.js';
import { reasonOf } from '../../portal/portal-failures.js';
import { checkedManifest, sourceUnfit, wrongBytes, type Content, type ImageSource } from './image-source.js';
import { SourceUnreachable, type RegistryClient } from './registry-client.js';

const Referrers = z.object({
  manifests: z.array(z.object({ mediaType: z.string(), digest: z.string().refine(isDigest), size: z.number() })),
});
const FIRST_PAUSE_MS = 250;

/** An image of another registry. Each blob comes to a file of its own first, so that nothing is sent on unverified. */
export class RegistrySource implements ImageSource {
  constructor(
    private readonly client: RegistryClient,
    private readonly reference: string,
    /** A folder of this import's own, on a disk with room for its largest blobs. */
    private readonly spool: string,
  ) {}

  async root(): Promise<Content> {
    const { bytes, mediaType } = await this.fetchManifest(this.reference);
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    if (isDigest(this.reference) && this.reference !== digest) throw wrongBytes(this.reference, `has the digest ${digest}`);
    return { mediaType, digest, size: bytes.length };
  }

  async manifest(content: Content): Promise<Buffer> {
    return checkedManifest(content, (await this.fetchManifest(content.digest)).bytes);
  }

  /** Registries from before OCI 1.1 know none. */
  async referrers(digest: string): Promise<Content[]> {
    const response = await this.client.get(`referrers/${digest}`, { accept: 'application/vnd.oci.image.index.v1+json' });
    if (!response.ok) return [];
    return Referrers.safeParse(await response.json().catch(() => undefined)).data?.manifests ?? [];
  }

  async blob({ digest, size }: Content & { size: number }) {
    const location = join(this.spool, randomUUID());
    const done = () => rm(location, { force: true });
    try {
      await this.download(digest, size, location);
      const { mtimeMs: modifiedMs } = await stat(location);
      return { file: { path: digest, location, size, modifiedMs }, done };
    } catch (error) {
      await done();
      throw error;
    }
  }

  close(): Promise<void> {
    return rm(this.spool, { recursive: true, force: true });
  }

  private async fetchManifest(reference: string): Promise<{ bytes: Buffer; mediaType: string }> {
    const response = await this.client.get(`manifests/${reference}`, { accept: [...MANIFEST_TYPES].join(', ') });
    if (!response.ok) throw sourceUnfit(`the registry has no ${reference}`, 'Check the name and the tag or digest.');
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of partsOf(response)) {
      if ((length += chunk.length) > MAX_MANIFEST) throw sourceUnfit(`${reference} has more than ${MAX_MANIFEST} bytes`);
      chunks.push(chunk);
    }
    return { bytes: Buffer.concat(chunks), mediaType: response.headers.get('content-type')?.split(';')[0]?.trim() ?? '' };
  }

  private async download(digest: string, size: number, location: string): Promise<void> {
    const hash = createHash('sha256');
    const patience = new Patience(FIRST_PAUSE_MS);
    const file = await open(location, 'wx', 0o600);
    const came = { bytes: 0 };
    try {
      while (came.bytes < size) {
        const before = came.bytes;
        try {
          await this.receive(digest, file, before, size, (chunk) => {
            hash.update(chunk);
            came.bytes += chunk.length;
          });
          if (came.bytes < size) throw new SourceUnreachable('the source', `${digest} broke off after ${came.bytes} bytes`);
        } catch (error) {
          if (!(error instanceof SourceUnreachable)) throw error;
          if (came.bytes > before) patience.progressed();
          await patience.wait(error);
        }
      }
    } finally {
      await file.close();
    }
    const found = `sha256:${hash.digest('hex')}`;
    if (found !== digest) throw wrongBytes(digest, `has the digest ${found}`);
  }

  private async receive(digest: string, file: FileHandle, from: number, size: number, took: (chunk: Uint8Array) => void): Promise<void> {
    const response = await this.client.get(`blobs/${digest}`, {
      'accept-encoding': 'identity',
      ...(from > 0 && { range: `bytes=${from}-` }),
    });
    if (!response.ok) throw sourceUnfit(`the registry lacks ${digest}`);
    // Who ignores the range begins anew.
    let skip = response.status === 206 ? 0 : from;
    let at = from;
    for await (const part of partsOf(response)) {
      const chunk = part.subarray(Math.min(skip, part.length));
      skip -= part.length - chunk.length;
      if (at + chunk.length > size) throw wrongBytes(digest, `has more than ${size} bytes`);
      await file.write(chunk, 0, chunk.length, at);
      at += chunk.length;
      took(chunk);
    }
  }
}

/** fetch() tells of a connection that broke by a TypeError. */
async function* partsOf(response: Response): AsyncIterable<Uint8Array> {
  try {
    yield* response.body ?? [];
  } catch (error) {
    throw error instanceof TypeError ? new SourceUnreachable(new URL(response.url).origin, reasonOf(error)) : error;
  }
}
