import type { DownloadProgress } from '@paddock/contracts';
import type { z } from 'zod';

export type FileProgress = z.infer<typeof DownloadProgress>['items'][number];

/** What is known of the transfers of one file: summed over all links of the holder, for a renewed link goes on where another ended. */
export interface FileFacts {
  release: string;
  path: string;
  size: number;
  /** Bytes of transfers under way; null where there is none. */
  running: number | null;
  /** Bytes of ended transfers that were no whole file. */
  parts: number;
  /** Whether some transfer was the whole file. */
  whole: boolean;
  /** Whether the store was asked for it by a redirect: what it sent is not known here. */
  redirected: boolean;
}

/** How far a file has come. While it is fetched, earlier fetches of the whole of it are another story. */
export function progressOf({ release, path, size, running, parts, whole, redirected }: FileFacts): FileProgress {
  const sent = Math.min(size, parts + (running ?? 0));
  const file = { release, path, size };
  if (running !== null) return { ...file, bytes: sent, state: 'running' };
  if (whole || sent === size) return { ...file, bytes: size, state: 'complete' };
  if (redirected) return { ...file, bytes: null, state: 'elsewhere' };
  return { ...file, bytes: sent, state: 'broken-off' };
}
