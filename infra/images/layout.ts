import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addLayer, type Descriptor } from './layer.ts';

export interface ImageConfig {
  user: string;
  entrypoint: readonly string[];
  /** What the entry point is given where nothing else is. */
  command?: readonly string[];
  env: readonly string[];
  workingDir: string;
  volumes: readonly string[];
  ports: readonly string[];
  /** By the OCI annotation names (image-spec, annotations.md). */
  labels: Readonly<Record<string, string>>;
}

export interface Image {
  /** The architecture by Go's name, such as amd64. */
  architecture: string;
  epoch: number;
  layers: readonly { tar: string; from: string }[];
  config: ImageConfig;
  /** An SPDX document, which becomes a referrer of the image. */
  sbom: string;
}

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';

/**
 * Writes an image as an OCI layout (image-spec 1.1, image-layout.md): the same digests for the same tars and time, on any
 * machine. Returns the digest of its manifest.
 */
export async function writeLayout(directory: string, tag: string, image: Image): Promise<string> {
  const blobs = join(directory, 'blobs/sha256');
  // What else is there is none of ours.
  for (const own of ['blobs', 'index.json', 'oci-layout']) await rm(join(directory, own), { recursive: true, force: true });
  await mkdir(blobs, { recursive: true });
  const layers = [];
  for (const { tar } of image.layers) layers.push(await addLayer(tar, blobs));
  const config = await addJson(blobs, 'application/vnd.oci.image.config.v1+json', configOf(image, layers));
  const annotations = image.config.labels;
  const manifest = await addJson(blobs, MANIFEST, {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config,
    layers: layers.map(({ diffId: _, ...descriptor }) => descriptor),
    annotations,
  });
  const sbom = await addSbom(blobs, manifest, image);
  const tagged = { ...manifest, annotations: { 'org.opencontainers.image.ref.name': tag }, platform: platformOf(image) };
  await writeFile(join(directory, 'index.json'), JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [tagged, sbom] }));
  await writeFile(join(directory, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  return manifest.digest;
}

const platformOf = ({ architecture }: Image) => ({ architecture, os: 'linux' });

function configOf({ config, epoch, layers, ...image }: Image, packed: readonly { diffId: string }[]) {
  const created = new Date(epoch * 1000).toISOString();
  return {
    created,
    ...platformOf({ config, epoch, layers, ...image }),
    config: {
      User: config.user,
      ExposedPorts: Object.fromEntries(config.ports.map((port) => [port, {}])),
      Env: config.env,
      Entrypoint: config.entrypoint,
      ...(config.command && { Cmd: config.command }),
      Volumes: Object.fromEntries(config.volumes.map((volume) => [volume, {}])),
      WorkingDir: config.workingDir,
      Labels: config.labels,
    },
    rootfs: { type: 'layers', diff_ids: packed.map(({ diffId }) => diffId) },
    history: layers.map(({ from }) => ({ created, created_by: from })),
  };
}

/** Image-spec 1.1: an artifact whose `subject` is the image; registries list it among the image's referrers. */
async function addSbom(blobs: string, { mediaType, digest, size }: Descriptor, { sbom, epoch }: Image) {
  const empty = await addBlob(blobs, 'application/vnd.oci.empty.v1+json', '{}');
  const document = await addBlob(blobs, 'application/spdx+json', sbom);
  const manifest = await addJson(blobs, MANIFEST, {
    schemaVersion: 2,
    mediaType: MANIFEST,
    artifactType: 'application/spdx+json',
    config: empty,
    layers: [document],
    subject: { mediaType, digest, size },
    annotations: { 'org.opencontainers.image.created': new Date(epoch * 1000).toISOString() },
  });
  return { ...manifest, artifactType: 'application/spdx+json' };
}

const addJson = (blobs: string, mediaType: string, value: object) => addBlob(blobs, mediaType, JSON.stringify(value));

async function addBlob(blobs: string, mediaType: string, text: string): Promise<Descriptor> {
  const hex = createHash('sha256').update(text).digest('hex');
  await writeFile(join(blobs, hex), text);
  return { mediaType, digest: `sha256:${hex}`, size: Buffer.byteLength(text) };
}
