import * as z from 'zod';
import type { Portal } from '../portal/portal.js';
import { PortalRefusal } from '../portal/portal-failures.js';
import type { UploadDoor } from './upload-file.js';

// Read tolerantly, unlike the schemas by which the portal writes: a newer portal may say more.
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const Upload = z.object({
  id: z.string(),
  path: z.string(),
  size: z.number(),
  /** Bytes that the portal has. */
  offset: z.number(),
  state: z.enum(['open', 'complete']),
  sha256: Sha256.nullish(),
});
export type Upload = z.infer<typeof Upload>;

const Release = z.object({
  name: z.string(),
  state: z.enum(['draft', 'published', 'withdrawn']),
  artifacts: z.array(z.object({ path: z.string(), size: z.number(), sha256: Sha256 })).default([]),
});
export type Release = z.infer<typeof Release>;

export type Access = 'gated' | 'public';

/** The routes that publish one release. */
export class PublishingApi implements UploadDoor {
  constructor(
    readonly portal: Portal,
    readonly model: string,
    readonly release: string,
  ) {}

  /** Undefined when there is no such release. */
  async findRelease(): Promise<Release | undefined> {
    try {
      return await this.portal.ask(Release, 'GET', this.url());
    } catch (error) {
      if (error instanceof PortalRefusal && error.status === 404) return undefined;
      throw error;
    }
  }

  createRelease(license: string | undefined): Promise<Release> {
    const body = { name: this.release, ...(license === undefined ? {} : { license }) };
    return this.portal.ask(Release, 'POST', this.portal.url('models', this.model, 'releases'), body);
  }

  async publish(): Promise<void> {
    await this.portal.ask(z.unknown(), 'POST', this.url('publish'), {});
  }

  /** Opens the upload of a path, or finds the one that was broken off; `releaseSize` counts the bytes of all files. */
  openUpload(file: { path: string; size: number; access: Access; releaseSize: number }): Promise<Upload> {
    return this.portal.ask(Upload, 'POST', this.url('uploads'), file);
  }

  find(id: string): Promise<Upload> {
    return this.portal.ask(Upload, 'GET', this.urlOf(id));
  }

  urlOf(id: string): URL {
    return this.url('uploads', id);
  }

  read(url: URL, status: number, text: string): Upload {
    return this.portal.read(Upload, url, status, text);
  }

  private url(...segments: string[]): URL {
    return this.portal.url('models', this.model, 'releases', this.release, ...segments);
  }
}
