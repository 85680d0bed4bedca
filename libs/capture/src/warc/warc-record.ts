import { createHash } from 'node:crypto';
import { HeadersMultiMap, StatusAndHeaders, WARCRecord, WARCSerializer } from 'warcio';

export interface WarcRecord {
  type: 'warcinfo' | 'request' | 'response';
  /** A `urn:uuid:…`. */
  id: string;
  at: Date;
  contentType: string;
  fields: Record<string, string>;
  block: Buffer;
}

/** One record as a gzip member of its own. */
export async function serialized({ type, id, at, contentType, fields, block }: WarcRecord): Promise<Buffer> {
  const headers = new HeadersMultiMap([
    ['WARC-Type', type],
    ['WARC-Record-ID', `<${id}>`],
    ['WARC-Date', at.toISOString()],
    ...Object.entries(fields),
    ['WARC-Block-Digest', digest(block)],
    ['Content-Type', contentType],
    ['Content-Length', String(block.length)],
  ]);
  // Without HTTP headers of its own the record takes the block as it is, instead of writing heads anew.
  const record = new WARCRecord({ warcHeaders: new StatusAndHeaders({ statusline: 'WARC/1.1', headers }), reader: [block] });
  return Buffer.from(await WARCSerializer.serialize(record, { gzip: true }));
}

export function digest(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
