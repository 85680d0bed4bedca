import { AdapterFailure } from '@paddock/domain';
import { convert } from 'html-to-text';
import { createRequire } from 'node:module';
import { decodedText, essenceOf } from './charset.js';
import { HTML_RULES, HTML_RULES_VERSION } from './html-rules.js';
import { MAX_DEPTH, pageSigns } from './page-signs.js';

export interface ExtractedText {
  text: string;
  title: string | null;
  extractor: string;
  /** Of the library that did it, with what its settings hash to: another version may read the same page otherwise. */
  extractorVersion: string;
}

const { version: HTML_TO_TEXT_VERSION } = createRequire(import.meta.url)('html-to-text/package.json') as { version: string };
type Extractor = (source: string, url: string) => ExtractedText;

const EXTRACTORS: Record<string, Extractor> = {
  'text/html': fromHtml,
  'application/xhtml+xml': fromHtml,
  'text/plain': asItStands,
  'text/markdown': fromMarkdown,
};

/**
 * The readable text of a captured page: HTML, plain text or Markdown (whose marks stay). Parts that only a script would
 * show are read too where the page holds them.
 * @param body with content coding undone
 * @param mediaType the value of Content-Type; its charset counts
 * @param url where it came from, for the failure to name
 * @throws AdapterFailure for a media type that has no reader, and for pages that nothing can read.
 */
export async function extractText(body: Buffer, mediaType: string, url: string): Promise<ExtractedText> {
  const essence = essenceOf(mediaType);
  const extractor = Object.hasOwn(EXTRACTORS, essence) ? EXTRACTORS[essence] : undefined;
  if (!extractor) throw new AdapterFailure('text extraction', `no reader for ${essence || 'a body without media type'} at ${url}`, false);
  return extractor(decodedText(body, mediaType).replaceAll(/\r\n?/g, '\n'), url);
}

function fromHtml(html: string, url: string): ExtractedText {
  const { title, depth } = pageSigns(html);
  if (depth > MAX_DEPTH) throw new AdapterFailure('text extraction', `the page at ${url} has elements more than ${MAX_DEPTH} deep`, false);
  return {
    text: convert(html, HTML_RULES).trim(),
    title,
    extractor: 'html-to-text',
    extractorVersion: `${HTML_TO_TEXT_VERSION}+${HTML_RULES_VERSION}`,
  };
}

function fromMarkdown(markdown: string): ExtractedText {
  return { ...asItStands(markdown), title: /^#\s+(.+?)\s*#*$/m.exec(markdown)?.[1] ?? null };
}

function asItStands(text: string): ExtractedText {
  return { text, title: null, extractor: 'as-it-stands', extractorVersion: '1' };
}
