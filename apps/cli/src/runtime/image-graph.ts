import { ManifestFault, readManifest, type Descriptor, type Manifest } from '@paddock/domain';
import { sourceUnfit, type Content, type ImageSource } from './sources/image-source.js';

export interface ImageManifest {
  content: Content;
  bytes: Buffer;
}

/** All that an image consists of. */
export interface ImageGraph {
  /** In the order in which they may be put: whatever an index lists goes before it, the image itself goes last. */
  manifests: ImageManifest[];
  /** Each digest once. */
  blobs: Descriptor[];
}

const MOST_MANIFESTS = 2000;

/** Reads every manifest of the image, and of what refers to them (signatures, SBOMs). No blob is read yet. */
export async function readGraph(source: ImageSource): Promise<ImageGraph> {
  const read = new Map<string, ImageManifest>();
  const blobs = new Map<string, Descriptor>();
  await walk(await source.root());
  const images = [...read.values()];
  for (const { content } of images) {
    for (const referrer of await source.referrers(content.digest)) await walk(referrer);
  }
  const referrers = [...read.values()].slice(images.length);
  return { manifests: [...referrers, ...images], blobs: [...blobs.values()] };

  /** Depth first, so that whatever is listed stands before its list. */
  async function walk(content: Content, depth = 0): Promise<void> {
    if (read.has(content.digest)) return;
    if (read.size >= MOST_MANIFESTS || depth > 5) throw sourceUnfit('the image lists more manifests than any image has');
    const bytes = await source.manifest(content);
    const manifest = fit(content, bytes);
    for (const child of manifest.manifests) await walk(child, depth + 1);
    for (const blob of manifest.blobs) blobs.set(blob.digest, blob);
    read.set(content.digest, { content, bytes });
  }
}

function fit({ digest, mediaType }: Content, bytes: Buffer): Manifest {
  try {
    return readManifest(bytes, mediaType);
  } catch (error) {
    if (error instanceof ManifestFault) throw sourceUnfit(`the manifest ${digest} cannot be imported: ${error.message}`);
    throw error;
  }
}
