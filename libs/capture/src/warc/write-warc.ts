import type { Exchange } from '../fetch/exchange.js';

export interface WarcInfo {
  /** Name and version of the program that captured. */
  software: string;
  /** A fresh `urn:uuid:…` for each record. */
  ids(): string;
}

/** A WARC 1.1 file (ISO 28500): a warcinfo record, then a request and a response record for each exchange, each gzipped by itself. */
export async function writeWarc(_exchanges: readonly Exchange[], _info: WarcInfo): Promise<Buffer> {
  throw new Error('not yet written');
}
