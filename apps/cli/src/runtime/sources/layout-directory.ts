import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayoutFiles } from './layout-files.js';

/** Links are not followed: a layout from elsewhere could name any file of this machine. */
export function layoutDirectory(root: string): LayoutFiles {
  return {
    find: async (path) => {
      const location = join(root, path);
      const found = await lstat(location).catch(() => undefined);
      return found?.isFile() ? { path, location, size: found.size, modifiedMs: found.mtimeMs } : undefined;
    },
  };
}
