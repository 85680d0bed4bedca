import type { ReadableFile } from '../../publish/hashing-reader.js';

/** The files of an OCI image layout, as a directory or an archive has them. */
export interface LayoutFiles {
  /** undefined where there is none. `path` is relative, such as `index.json`. */
  find(path: string): Promise<ReadableFile | undefined>;
}
