import type { Stamp } from './stamp.js';

export interface Chromium {
  executable: string;
  /** Prints although Chromium's sandbox cannot start here. */
  allowNoSandbox: boolean;
}

/** A dated PDF, printed by Chromium from the given bytes alone. */
export async function printPdf(_html: Buffer, _mediaType: string, _stamp: Stamp, _chromium: Chromium): Promise<Buffer> {
  throw new Error('not yet written');
}

/** The Chromium that was configured, or the one that this machine has. */
export function findChromium(_configured: string | undefined): string | undefined {
  throw new Error('not yet written');
}
