import { stat } from 'node:fs/promises';
import type { LayoutFiles } from './layout-files.js';
import { indexTar } from './tar-index.js';

/** The layout in a tar archive, whose files are read where they lie in it. */
export async function layoutArchive(location: string): Promise<LayoutFiles> {
  const { size, mtimeMs: modifiedMs } = await stat(location);
  const entries = await indexTar(location);
  return {
    find: async (path) => {
      const entry = entries.get(path);
      return entry && { path, location, size: entry.size, modifiedMs, within: { start: entry.start, size } };
    },
  };
}
