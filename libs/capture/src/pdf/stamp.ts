/** What every page of a dated PDF carries. */
export interface Stamp {
  title: string;
  sourceUrl: string;
  capturedAt: Date;
  /** Of the snapshot's raw bytes, in lower-case hex. */
  sha256: string;
}
