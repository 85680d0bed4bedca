import { isDigest } from './names.js';
import { INDEX_TYPES, MANIFEST_TYPES, type Descriptor } from './media-types.js';

/** What a manifest says, as far as a registry acts on it. */
export interface Manifest {
  mediaType: string;
  /** OCI Image 1.1: the manifest's own, else the media type of its config; null for an index without one. */
  artifactType: string | null;
  annotations: Record<string, string> | null;
  subject: string | null;
  /** Config and layers, each digest once; layers that are fetched from elsewhere are not among them. */
  blobs: Descriptor[];
  /** Of an index. */
  manifests: Descriptor[];
}

export class ManifestFault extends Error {}

/** Layers that a license keeps out of registries: clients fetch them from the URLs that they name. */
const FOREIGN = /^application\/vnd\.(oci\.image\.layer\.nondistributable\.|docker\.image\.rootfs\.foreign\.)/;

/** Reads a manifest of the type that its sender names. @throws ManifestFault that says what is wrong with it */
export function readManifest(bytes: Uint8Array, mediaType: string): Manifest {
  if (!MANIFEST_TYPES.has(mediaType)) throw new ManifestFault(`\`${mediaType}\` is no type of manifest that is stored here`);
  const fields = objectOf(parsed(bytes), 'the manifest');
  if (fields['schemaVersion'] !== 2) throw new ManifestFault('schemaVersion must be 2');
  if (fields['mediaType'] !== undefined && fields['mediaType'] !== mediaType)
    throw new ManifestFault('mediaType is another one than the manifest was sent as');
  const isIndex = INDEX_TYPES.has(mediaType);
  const config = isIndex ? undefined : descriptor(fields['config'], 'config');
  const layers = isIndex ? [] : descriptors(fields['layers'], 'layers');
  const subject = fields['subject'] === undefined ? null : descriptor(fields['subject'], 'subject').digest;
  const artifactType = fields['artifactType'] === undefined ? (config?.mediaType ?? null) : textOf(fields['artifactType'], 'artifactType');
  return {
    mediaType,
    artifactType,
    annotations: annotationsOf(fields['annotations'], 'annotations') ?? null,
    subject,
    blobs: onceEach([...(config ? [config] : []), ...layers.filter((layer) => !FOREIGN.test(layer.mediaType))]),
    manifests: isIndex ? onceEach(descriptors(fields['manifests'], 'manifests')) : [],
  };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ManifestFault('it is not JSON in UTF-8');
  }
}

function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ManifestFault(`${what} must be an object`);
  return value as Record<string, unknown>;
}

function textOf(value: unknown, what: string): string {
  if (typeof value !== 'string' || value.length > 1000 || !value.isWellFormed() || value.includes('\0'))
    throw new ManifestFault(`${what} must be text`);
  return value;
}

function descriptors(value: unknown, what: string): Descriptor[] {
  if (!Array.isArray(value)) throw new ManifestFault(`${what} must be a list`);
  return value.map((one, index) => descriptor(one, `${what}[${index}]`));
}

function descriptor(value: unknown, what: string): Descriptor {
  const fields = objectOf(value, what);
  const digest = textOf(fields['digest'], `${what}.digest`);
  if (!isDigest(digest)) throw new ManifestFault(`${what}.digest must be \`sha256:\` and 64 hexadecimal digits`);
  const size = fields['size'];
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) throw new ManifestFault(`${what}.size must be a count of bytes`);
  const annotations = annotationsOf(fields['annotations'], `${what}.annotations`);
  return { mediaType: textOf(fields['mediaType'], `${what}.mediaType`), digest, size, ...(annotations && { annotations }) };
}

function annotationsOf(value: unknown, what: string): Record<string, string> | undefined {
  if (value === undefined || value === null) return undefined;
  const entries = Object.entries(objectOf(value, what));
  for (const [key, one] of entries)
    if (typeof one !== 'string' || ![key, one].every((text) => text.isWellFormed() && !text.includes('\0')))
      throw new ManifestFault(`${what} must hold text`);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** One digest has one size. */
function onceEach(all: Descriptor[]): Descriptor[] {
  const byDigest = new Map<string, Descriptor>();
  for (const one of all) {
    const known = byDigest.get(one.digest);
    if (known && known.size !== one.size) throw new ManifestFault(`${one.digest} is named with two sizes`);
    byDigest.set(one.digest, known ?? one);
  }
  return [...byDigest.values()];
}
