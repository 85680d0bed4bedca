import type { Stamp } from './stamp.js';

/** A dated PDF, typeset from the extracted text; the same input gives the same bytes. */
export async function typesetPdf(_text: string, _stamp: Stamp): Promise<Buffer> {
  throw new Error('not yet written');
}
