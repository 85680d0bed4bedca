import { createHash } from 'node:crypto';
import type { Descriptor } from '@paddock/domain';

export const LAYOUTS = ['modelpack', 'docker', 'ollama'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** One layout of a release: a manifest whose layers are the release's own files. */
export interface LayoutManifest {
  layout: Layout;
  mediaType: string;
  body: Buffer;
  config: Buffer;
}

export interface LayoutParts {
  layout: Layout;
  mediaType: string;
  artifactType?: string;
  configType: string;
  config: unknown;
  layers: readonly Descriptor[];
  annotations?: Record<string, string>;
}

/** The same parts always give the same bytes: fields stand in this order, and nothing is of the moment. */
export function layoutManifest({ layout, mediaType, artifactType, configType, config, layers, annotations }: LayoutParts): LayoutManifest {
  const bytes = Buffer.from(JSON.stringify(config));
  const manifest = {
    schemaVersion: 2,
    mediaType,
    ...(artifactType && { artifactType }),
    config: { mediaType: configType, digest: digestOf(bytes), size: bytes.length },
    layers,
    ...(annotations && { annotations }),
  };
  return { layout, mediaType, body: Buffer.from(JSON.stringify(manifest)), config: bytes };
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** A file as a layer: it is the object that links serve too. */
export function layerOf({ sha256, size }: { sha256: string; size: number }, mediaType: string, path?: string): Descriptor {
  const annotations = path === undefined ? undefined : { 'org.cncf.model.filepath': path, 'org.opencontainers.image.title': path };
  return { mediaType, digest: `sha256:${sha256}`, size, ...(annotations && { annotations }) };
}
