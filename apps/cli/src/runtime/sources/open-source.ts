import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sourceUnfit, type ImageSource } from './image-source.js';
import { layoutArchive } from './layout-archive.js';
import { layoutDirectory } from './layout-directory.js';
import { LayoutSource } from './layout-source.js';
import { RegistryClient } from './registry-client.js';
import { registryReference } from './registry-reference.js';
import { RegistrySource } from './registry-source.js';

export interface SourceOptions {
  /** Which image of a layout that holds several. */
  image: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
}

/** A layout directory, an archive of one (tar), or `docker://host/repository:tag`. */
export async function openSource(source: string, { image, env }: SourceOptions): Promise<ImageSource> {
  if (source.startsWith('docker://')) {
    const reference = registryReference(source.slice('docker://'.length));
    const { PADDOCK_SOURCE_USER: user, PADDOCK_SOURCE_PASSWORD: password } = env;
    const client = new RegistryClient(reference, user && password ? { user, password } : undefined);
    return new RegistrySource(client, reference.reference, await mkdtemp(join(tmpdir(), 'paddock-import-')));
  }
  const found = await stat(source).catch(() => undefined);
  if (found?.isDirectory()) return new LayoutSource(layoutDirectory(source), image);
  if (found?.isFile()) return new LayoutSource(await layoutArchive(source), image);
  throw sourceUnfit(`there is no ${source}`, 'Give a layout directory, an archive of one, or docker://host/repository:tag.');
}
