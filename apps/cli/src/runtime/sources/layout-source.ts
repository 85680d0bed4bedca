import { isDigest, MAX_MANIFEST, OCI_MANIFEST } from '@paddock/domain';
import { open } from 'node:fs/promises';
import * as z from 'zod';
import { checkedManifest, sourceUnfit, wrongBytes, type Content, type ImageSource } from './image-source.js';
import type { LayoutFiles } from './layout-files.js';

// OCI Image 1.1, "Image Layout"; read tolerantly.
const Entry = z.object({
  mediaType: z.string().default(OCI_MANIFEST),
  digest: z.string().refine(isDigest),
  size: z.number(),
  annotations: z.record(z.string(), z.string()).optional(),
});
const Index = z.object({ manifests: z.array(Entry) });
const Layout = z.object({ imageLayoutVersion: z.string().startsWith('1.') });
const Subject = z.object({ subject: z.object({ digest: z.string() }) });

/** What index.json lists. */
interface Listed {
  entry: z.infer<typeof Entry>;
  /** The digest that its manifest refers to, of an SBOM or a signature. */
  subject: string | undefined;
}

const NAME = 'org.opencontainers.image.ref.name';

/** An image of an OCI layout; `name` is needed where the layout holds several. */
export class LayoutSource implements ImageSource {
  private listed: Promise<Listed[]> | undefined;

  constructor(
    private readonly files: LayoutFiles,
    private readonly name: string | undefined,
  ) {}

  async root(): Promise<Content> {
    await this.json('oci-layout', Layout);
    const images = (await this.entries()).filter(({ subject }) => subject === undefined).map(({ entry }) => entry);
    const named = this.name === undefined ? images : images.filter(({ annotations }) => annotations?.[NAME] === this.name);
    const [image] = named;
    if (image && new Set(named.map(({ digest }) => digest)).size === 1) return image;
    const names = images.map(({ annotations, digest }) => annotations?.[NAME] ?? digest).join(', ');
    throw sourceUnfit(`the layout holds ${names || 'no image'}`, 'Choose one of them by --image NAME.');
  }

  async manifest(content: Content): Promise<Buffer> {
    return checkedManifest(content, await this.read(pathOf(content.digest), MAX_MANIFEST));
  }

  async referrers(digest: string): Promise<Content[]> {
    return (await this.entries()).filter(({ subject }) => subject === digest).map(({ entry }) => entry);
  }

  async blob({ digest, size }: Content & { size: number }) {
    const file = await this.files.find(pathOf(digest));
    if (!file) throw sourceUnfit(`the layout lacks ${digest}`);
    if (file.size !== size) throw wrongBytes(digest, `has ${file.size} bytes instead of ${size}`);
    return { file: { ...file, path: digest }, done: async () => {} };
  }

  async close(): Promise<void> {}

  /** Each is read once, however many manifests of the image are asked about. */
  private entries(): Promise<Listed[]> {
    return (this.listed ??= this.readEntries());
  }

  private async readEntries(): Promise<Listed[]> {
    const { manifests } = await this.json('index.json', Index);
    const listed: Listed[] = [];
    for (const entry of manifests) {
      const manifest = Subject.safeParse(parsed(await this.manifest(entry)));
      listed.push({ entry, subject: manifest.data?.subject.digest });
    }
    return listed;
  }

  private async json<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const answer = schema.safeParse(parsed(await this.read(path, MAX_MANIFEST)));
    if (!answer.success) throw sourceUnfit(`${path} is not that of an OCI image layout`);
    return answer.data;
  }

  private async read(path: string, most: number): Promise<Buffer> {
    const file = await this.files.find(path);
    if (!file) throw sourceUnfit(`there is no ${path}: this is no OCI image layout, or it lacks a part`);
    if (file.size > most) throw sourceUnfit(`${path} has more than ${most} bytes`);
    const handle = await open(file.location);
    try {
      const bytes = Buffer.alloc(file.size);
      const { bytesRead } = await handle.read(bytes, 0, file.size, file.within?.start ?? 0);
      return bytes.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }
}

function pathOf(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
