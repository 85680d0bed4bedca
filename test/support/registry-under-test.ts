import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPaddock } from './command-line.js';
import { OciLayout, tarOf, type Described } from './oci-image.js';
import type { Person } from './person.js';
import type { PortalUnderTest } from './portal-under-test.js';
import { askRegistry, type AskOptions } from './registry-client.js';

/** An image of two platforms with an SBOM and a signature, as a layout. */
export class ImageUnderTest {
  readonly folder = mkdtempSync(join(tmpdir(), 'paddock-registry-'));
  readonly layout = new OciLayout(join(this.folder, 'layout'));
  readonly layers: readonly [Buffer, Buffer, Buffer] = [tarOf('one', randomBytes(2000)), tarOf('two', Buffer.alloc(0)), Buffer.alloc(0)];
  readonly amd64: Described = this.layout.image(this.layers);
  readonly index: Described = this.layout.multiArchitecture([this.amd64, this.layout.image([tarOf('arm', randomBytes(50))], 'arm64')]);
  readonly sbom: Described = this.layout.referrer(this.amd64, Buffer.from('{"spdxVersion":"SPDX-2.3"}'));

  constructor() {
    this.layout.list(
      this.index,
      this.sbom,
      this.layout.referrer(this.index, Buffer.from('a signature'), 'application/vnd.example.signature'),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** `demo-lab/NAME` as the command line makes it; returns the token that did. */
export async function importRuntime(
  its: { url: string; admin: Person },
  image: string,
  name: string,
  access: 'public' | 'licensees',
  tags = ['v1'],
): Promise<string> {
  const { token } = await its.admin.withToken(['publish']);
  const to = ['--name', `demo-lab/${name}`, '--tag', ...tags, '--access', access];
  const { code, stderr } = await runPaddock(its.url, token, 'runtime', 'import', image, ...to);
  if (code !== 0) throw new Error(`not imported: ${stderr}`);
  return token!;
}

export function registryOf(its: PortalUnderTest) {
  return (path: string, options?: AskOptions) => askRegistry(its.url, path, options);
}
