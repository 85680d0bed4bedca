import { AdapterFailure } from '@paddock/domain';
import { stampLines, type Stamp } from './stamp.js';
import { StampedDocument } from './typeset/stamped-document.js';

/** In characters; some 1,500 pages. */
const MAX_TEXT = 4_000_000;

/**
 * A dated PDF, typeset from the extracted text: blocks that an empty line parts, their line breaks kept, the stamp on every
 * page. Letters outside `fonts.ts` are told by their code points. The same input gives the same bytes.
 * @throws AdapterFailure for a text that is too long to set.
 */
export async function typesetPdf(text: string, stamp: Stamp): Promise<Buffer> {
  if (text.length > MAX_TEXT) throw new AdapterFailure('typesetting', `a text of ${text.length} characters is too long to set`, false);
  const document = new StampedDocument({ title: stamp.title, at: stamp.capturedAt, ...stampLines(stamp) });
  document.heading(stamp.title);
  for (const block of text.split(/\n\s*\n/)) if (block.trim()) document.paragraph(block.trimEnd());
  return document.finish();
}
