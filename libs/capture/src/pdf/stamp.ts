/** What every page of a dated PDF carries. */
export interface Stamp {
  title: string;
  sourceUrl: string;
  capturedAt: Date;
  /** Of the snapshot's raw bytes, in lower-case hex. */
  sha256: string;
}

/** What stands at the head of each page, and at its foot, beside the page's number. */
export function stampLines({ title, sourceUrl, capturedAt, sha256 }: Stamp): { head: string[]; foot: string[] } {
  return { head: [title, sourceUrl], foot: [`Captured ${capturedAt.toISOString()} (UTC)`, `SHA-256 ${sha256}`] };
}
