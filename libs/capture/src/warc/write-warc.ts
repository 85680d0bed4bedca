import type { Exchange } from '../fetch/exchange.js';
import { digest, serialized, type WarcRecord } from './warc-record.js';

export interface WarcInfo {
  /** Name and version of the program that captured. */
  software: string;
  /** A fresh `urn:uuid:…` for each record. */
  ids(): string;
}

/**
 * A WARC 1.1 file (ISO 28500): a warcinfo record, then a request and a response record for each exchange, each gzipped by
 * itself (annex D). Requests and responses are the bytes that went over the wire, transfer coding and all. The same
 * exchanges and ids give the same bytes.
 */
export async function writeWarc(exchanges: readonly Exchange[], info: WarcInfo): Promise<Buffer> {
  const head = infoRecord(info, exchanges[0]?.startedAt ?? new Date(0));
  const records = [head, ...exchanges.flatMap((exchange) => recordsOf(exchange, head.id, info.ids))];
  const written: Buffer[] = [];
  for (const record of records) written.push(await serialized(record));
  return Buffer.concat(written);
}

function infoRecord({ ids, software }: WarcInfo, at: Date): WarcRecord {
  const about = {
    software,
    format: 'WARC File Format 1.1',
    conformsTo: 'https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
  };
  const lines = Object.entries(about).map(([name, value]) => `${name}: ${value}\r\n`);
  return { type: 'warcinfo', id: ids(), at, contentType: 'application/warc-fields', fields: {}, block: Buffer.from(lines.join('')) };
}

function recordsOf(exchange: Exchange, infoId: string, ids: () => string): WarcRecord[] {
  const [requestId, responseId] = [ids(), ids()];
  const shared = {
    'WARC-Target-URI': exchange.url,
    'WARC-Warcinfo-ID': `<${infoId}>`,
    ...(exchange.address && { 'WARC-IP-Address': exchange.address }),
  };
  return [
    {
      type: 'request',
      id: requestId,
      at: exchange.startedAt,
      contentType: 'application/http; msgtype=request',
      fields: { ...shared, 'WARC-Concurrent-To': `<${responseId}>` },
      block: Buffer.from(exchange.requestHead),
    },
    {
      type: 'response',
      id: responseId,
      at: exchange.startedAt,
      contentType: 'application/http; msgtype=response',
      // The payload is the body without transfer coding (section 5.9), which the end of the block need not be.
      fields: { ...shared, ...certificateFields(exchange), 'WARC-Payload-Digest': digest(exchange.body) },
      block: exchange.response,
    },
  ];
}

/** Who answered is part of the evidence; the standard has no field for it and lets writers add their own (section 4). */
function certificateFields({ tls }: Exchange): Record<string, string> {
  return tls ? { 'WARC-Protocol': 'tls', 'X-Certificate-SHA256': tls.fingerprint256 } : {};
}
