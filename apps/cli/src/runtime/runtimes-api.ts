import * as z from 'zod';
import type { Portal } from '../portal/portal.js';
import { PortalRefusal } from '../portal/portal-failures.js';
import { Upload } from '../publish/publishing-api.js';
import type { UploadDoor } from '../publish/upload-file.js';
import type { Content } from './sources/image-source.js';

const Runtime = z.object({ access: z.enum(['public', 'licensees']), reference: z.string() });
export type Runtime = z.infer<typeof Runtime>;

/** The routes that fill one runtime. */
export class RuntimesApi implements UploadDoor {
  constructor(
    readonly portal: Portal,
    private readonly publisher: string,
    private readonly name: string,
  ) {}

  /** Undefined when there is no such runtime. */
  async findRuntime(): Promise<Runtime | undefined> {
    try {
      return await this.portal.ask(Runtime, 'GET', this.url());
    } catch (error) {
      if (error instanceof PortalRefusal && error.status === 404) return undefined;
      throw error;
    }
  }

  putRuntime(access: Runtime['access']): Promise<Runtime> {
    return this.portal.ask(Runtime, 'PUT', this.url(), { access });
  }

  /** Opens the upload of a blob, or finds the one that was broken off; what the publisher has already is `complete`. */
  openBlob({ digest, size }: { digest: string; size: number }): Promise<Upload> {
    return this.portal.ask(Upload, 'POST', this.url('blobs'), { digest, size });
  }

  async putManifest({ digest, mediaType }: Content, bytes: Buffer, tags: readonly string[]): Promise<void> {
    const url = this.url('manifests', digest);
    url.searchParams.set('mediaType', mediaType);
    for (const tag of tags) url.searchParams.append('tag', tag);
    await this.portal.send(url, bytes);
  }

  find(id: string): Promise<Upload> {
    return this.portal.ask(Upload, 'GET', this.urlOf(id));
  }

  urlOf(id: string): URL {
    return this.url('blobs', id);
  }

  read(url: URL, status: number, text: string): Upload {
    return this.portal.read(Upload, url, status, text);
  }

  private url(...segments: string[]): URL {
    return this.portal.url('runtimes', this.publisher, this.name, ...segments);
  }
}
