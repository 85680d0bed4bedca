export interface ExtractedText {
  text: string;
  title: string | null;
  /** Names the packages that did it; their versions are in `extractorVersion`. */
  extractor: string;
  extractorVersion: string;
}

/**
 * The readable text of a captured page: HTML, plain text or Markdown.
 * @throws CaptureFailure-free AdapterFailure for a media type that cannot be read.
 */
export async function extractText(_body: Buffer, _mediaType: string, _url: string): Promise<ExtractedText> {
  throw new Error('not yet written');
}
