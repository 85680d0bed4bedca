import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Described {
  mediaType: string;
  digest: string;
  size: number;
  [field: string]: unknown;
}

export const IMAGE = 'application/vnd.oci.image.manifest.v1+json';
export const INDEX = 'application/vnd.oci.image.index.v1+json';
export const SBOM = 'application/spdx+json';

/** An OCI image layout as it is written by hand, so that tests may write wrong ones. */
export class OciLayout {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
    mkdirSync(join(root, 'blobs/sha256'), { recursive: true });
    writeFileSync(join(root, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  }

  blob(bytes: Buffer, mediaType: string, more: Record<string, unknown> = {}): Described {
    const hex = createHash('sha256').update(bytes).digest('hex');
    writeFileSync(this.pathOf(`sha256:${hex}`), bytes);
    return { mediaType, digest: `sha256:${hex}`, size: bytes.length, ...more };
  }

  /** Layers are tar archives of one file each, unless bytes are given as they are. */
  image(layers: readonly Buffer[], architecture = 'amd64', more: Record<string, unknown> = {}): Described {
    const described = layers.map((bytes) => this.blob(bytes, 'application/vnd.oci.image.layer.v1.tar'));
    const config = { architecture, os: 'linux', config: {}, rootfs: { type: 'layers', diff_ids: described.map(({ digest }) => digest) } };
    const manifest = {
      schemaVersion: 2,
      mediaType: IMAGE,
      config: this.json(config, 'application/vnd.oci.image.config.v1+json'),
      layers: described,
      ...more,
    };
    return this.json(manifest, IMAGE, { platform: { os: 'linux', architecture } });
  }

  /** A document that refers to an image. */
  referrer(subject: Described, document: Buffer, artifactType = SBOM): Described {
    const config = this.json({}, 'application/vnd.oci.empty.v1+json');
    const { mediaType, digest, size } = subject;
    const layers = [this.blob(document, artifactType)];
    const fields = { config, layers, subject: { mediaType, digest, size }, annotations: { 'org.example.of': digest } };
    return this.json({ schemaVersion: 2, mediaType: IMAGE, artifactType, ...fields }, IMAGE);
  }

  multiArchitecture(images: readonly Described[]): Described {
    return this.json({ schemaVersion: 2, mediaType: INDEX, manifests: images }, INDEX);
  }

  /** What `index.json` lists. */
  list(...manifests: Described[]): void {
    writeFileSync(join(this.root, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
  }

  pathOf(digest: string): string {
    return join(this.root, 'blobs', digest.replace(':', '/'));
  }

  private json(value: unknown, mediaType: string, more: Record<string, unknown> = {}): Described {
    return this.blob(Buffer.from(JSON.stringify(value)), mediaType, more);
  }
}

/** A tar archive of one file. */
export function tarOf(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number, at: number, length: number) => header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at);
  header.write(name, 0);
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(content.length, 124, 12);
  octal(0, 136, 12);
  header.write('        0', 148);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512), Buffer.alloc(1024)]);
}
