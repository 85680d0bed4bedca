import { AdapterFailure } from '@paddock/domain';
import { setTimeout } from 'node:timers/promises';
import { decodedText, essenceOf } from '../text/charset.js';
import { openConfinedPage, type ConfinedPage } from './chromium/confined-page.js';
import { startChromium, type RunningChromium } from './chromium/process.js';
import { stampLines, type Stamp } from './stamp.js';

export interface Chromium {
  executable: string;
  /** Prints although Chromium's sandbox cannot start here: for pages of this machine's own. */
  allowNoSandbox: boolean;
}

const DEADLINE_MS = 60_000;
const START_MS = 20_000;
const MAX_HTML_BYTES = 16 * 1024 * 1024;
const MAX_PDF_BYTES = 64 * 1024 * 1024;

/** A4 in inches, with margins that the stamp has to itself. */
const PAPER = { paperWidth: 8.27, paperHeight: 11.69, marginTop: 0.9, marginBottom: 0.9, marginLeft: 0.7, marginRight: 0.7 };

/**
 * A dated PDF, printed by Chromium from the given bytes alone: HTML as unstyled text with its inline images, other text as it
 * stands. The stamp is on every page.
 * @param body with content coding undone
 * @param mediaType the value of Content-Type; its charset counts
 * @throws AdapterFailure when Chromium cannot start (with its sandbox, unless it may do without), is too slow, or prints too much.
 */
export async function printPdf(body: Buffer, mediaType: string, stamp: Stamp, chromium: Chromium): Promise<Buffer> {
  if (body.length > MAX_HTML_BYTES) throw failure(`a page of ${body.length} bytes is too large to print`, false);
  const html = asHtml(decodedText(body, mediaType), essenceOf(mediaType));
  const running = await started(chromium);
  try {
    return await inTime(DEADLINE_MS, printed(running, html, stamp));
  } catch (cause) {
    if (cause instanceof AdapterFailure) throw cause;
    throw failure(`printing failed: ${(cause as Error).message}`, true, cause);
  } finally {
    await running.stop();
  }
}

async function started({ executable, allowNoSandbox }: Chromium): Promise<RunningChromium> {
  for (const sandbox of allowNoSandbox ? [true, false] : [true]) {
    const running = await startChromium(executable, sandbox);
    try {
      await inTime(START_MS, running.devtools.send('Browser.getVersion'));
      return running;
    } catch {
      await running.stop();
    }
  }
  throw failure(`${executable} does not start${allowNoSandbox ? '' : ' with its sandbox (are user namespaces allowed?)'}`, false);
}

async function printed({ devtools }: RunningChromium, html: string, stamp: Stamp): Promise<Buffer> {
  const page = await openConfinedPage(devtools, html);
  const { head, foot } = stampLines(stamp);
  const { stream } = await page.send('Page.printToPDF', {
    ...PAPER,
    displayHeaderFooter: true,
    headerTemplate: template(head),
    footerTemplate: template(foot, ' · <span class="pageNumber"></span> / <span class="totalPages"></span>'),
    transferMode: 'ReturnAsStream',
  });
  return readStream(page, stream as string);
}

async function readStream(page: ConfinedPage, handle: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for (let ended = false; !ended;) {
    const { data, eof } = (await page.send('IO.read', { handle, size: 1 << 20 })) as { data: string; eof: boolean };
    chunks.push(Buffer.from(data, 'base64'));
    size += chunks.at(-1)!.length;
    if (size > MAX_PDF_BYTES) throw failure(`the print is larger than ${MAX_PDF_BYTES} bytes`, false);
    ended = eof;
  }
  return Buffer.concat(chunks);
}

function asHtml(text: string, essence: string): string {
  return essence === 'text/html' || essence === 'application/xhtml+xml'
    ? text
    : `<pre style="white-space: pre-wrap">${escaped(text)}</pre>`;
}

/** Chromium renders these outside the page; the names of a policy and its source are other people's text. */
function template(lines: string[], end = ''): string {
  const style = 'width: 100%; margin: 0 0.7in; font: 9px sans-serif; overflow-wrap: anywhere';
  return `<div style="${style}">${lines.map((line) => `<div>${escaped(line)}</div>`).join('')}${end && `<div>${end}</div>`}</div>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Whatever is late is left: stopping Chromium ends it. */
async function inTime<T>(ms: number, work: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = setTimeout(ms, undefined, { signal: timer.signal }).then(() => {
    throw failure(`Chromium took longer than ${ms / 1000} s`, true);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    late.catch(() => undefined);
    timer.abort();
  }
}

function failure(message: string, transient: boolean, cause?: unknown): AdapterFailure {
  return new AdapterFailure('Chromium', message, transient, { cause });
}
