import PdfDocument from 'pdfkit';
import { BOLD_FONT, settable, TEXT_FONT } from './fonts.js';

/** Lines that stand on every page; the page's number follows the foot. */
export interface PageLines {
  head: string[];
  foot: string[];
}

export interface StampedDocumentOptions extends PageLines {
  /** Of the document, for readers to show. */
  title: string;
  /** The moment that it tells of; the time of typesetting is in no byte. */
  at: Date;
}

/** In points: A4 with margins that the stamp has to itself. */
const MARGINS = { top: 72, bottom: 72, left: 54, right: 54 };
const SIZES = { text: 10, small: 7, headings: [16, 13, 11] };
const STAMP_LINE = 9;

/** A PDF that is set block by block, with the same lines on every page. The same calls give the same bytes. */
export class StampedDocument {
  readonly #document: PDFKit.PDFDocument;
  readonly #lines: PageLines;
  readonly #bytes: Promise<Buffer>;

  constructor({ title, at, head, foot }: StampedDocumentOptions) {
    const info = { Title: settable(title), Creator: 'Paddock', Producer: 'Paddock', CreationDate: at, ModDate: at };
    // Buffered, for no page knows how many there will be.
    this.#document = new PdfDocument({ size: 'A4', margins: MARGINS, bufferPages: true, pdfVersion: '1.7', lang: 'en', info });
    this.#lines = { head, foot };
    this.#bytes = collected(this.#document);
    this.#document.registerFont('text', TEXT_FONT).registerFont('bold', BOLD_FONT);
  }

  heading(text: string, level: 1 | 2 | 3 = 1): this {
    const size = SIZES.headings[level - 1]!;
    this.#document
      .font('bold')
      .fontSize(size)
      .text(settable(text), { paragraphGap: size * 0.6 });
    return this;
  }

  /** A block of text; its line breaks stay. */
  paragraph(text: string): this {
    this.#document.font('text').fontSize(SIZES.text).text(settable(text), { lineGap: 2, paragraphGap: 6 });
    return this;
  }

  /** What something is called, and what it is: a digest, a name, a time. */
  entry(label: string, value: string): this {
    this.#document.font('bold').fontSize(SIZES.small).text(settable(label));
    return this.paragraph(value);
  }

  /** What follows begins on a page of its own. */
  nextPage(): this {
    this.#document.addPage();
    return this;
  }

  /** Black and white cells, row by row, such as a QR code; `side` in points. */
  cells(rows: readonly (readonly boolean[])[], side: number): this {
    const cell = side / rows.length;
    if (this.#document.y + side > this.#document.page.height - MARGINS.bottom) this.#document.addPage();
    const { y } = this.#document;
    for (const [down, row] of rows.entries())
      for (const [across, black] of row.entries())
        if (black) this.#document.rect(MARGINS.left + across * cell, y + down * cell, cell, cell);
    this.#document.fill('black');
    this.#document.x = MARGINS.left;
    this.#document.y = y + side + SIZES.text;
    return this;
  }

  /** Stamps every page, and ends the document. */
  finish(): Promise<Buffer> {
    const { start, count } = this.#document.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      this.#document.switchToPage(start + page);
      this.#stamp(`${page + 1} / ${count}`);
    }
    this.#document.end();
    return this.#bytes;
  }

  #stamp(number: string): void {
    const { page } = this.#document;
    const kept = page.margins;
    // Within its margins, the document would begin another page.
    page.margins = { ...kept, top: 0, bottom: 0 };
    this.#document.font('text').fontSize(SIZES.small).fillColor('#444444');
    const { head, foot } = this.#lines;
    this.#margin(head, 24);
    this.#margin([...foot, number], page.height - MARGINS.bottom + 18);
    this.#document.fillColor('black');
    page.margins = kept;
  }

  /** A line takes the room of two at most: a long address goes on, and ends in an ellipsis. */
  #margin(lines: string[], top: number): void {
    const width = this.#document.page.width - MARGINS.left - MARGINS.right;
    let y = top;
    for (const line of lines) {
      const text = settable(line).replaceAll('\n', ' ');
      const height = Math.min(this.#document.heightOfString(text, { width }), 2 * STAMP_LINE);
      this.#document.text(text, MARGINS.left, y, { width, height, ellipsis: true });
      y += height;
    }
  }
}

function collected(document: PDFKit.PDFDocument): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  document.on('end', () => resolve(Buffer.concat(chunks)));
  document.on('error', reject);
  return promise;
}
