import { Injectable } from '@nestjs/common';
import { PAD_FOLDER, requestedRange } from '@paddock/delivery';
import { Refusal } from '@paddock/domain';
import type { ByteRange } from '@paddock/storage';
import { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { FRESH_MS } from '../../database/believed-answers.js';
import { prepared } from '../../database/prepared.js';
import type { PasskeyFacts } from '../../grants/passkey-facts.js';
import type { FileRequest } from '../file-request.js';
import { HandOver } from '../hand-over.js';
import { headersOf } from '../links/download.service.js';
import { PasskeyGate } from '../passkeys/passkey-gate.js';
import { PasskeyUsage } from '../passkeys/passkey-usage.js';
import type { Answer, Sending } from '../transfer.js';

interface WebseedRequest extends FileRequest {
  passkey: string;
  /** Below the passkey: the torrent's name, then the file's path. */
  path: string;
}

interface ArtifactRow {
  path: string;
  size: number;
  sha256: string;
  mediaType: string;
  storageKey: string;
}

export type Webseed =
  | { kind: 'stored'; answer: Answer; sending: Sending }
  | { kind: 'here'; status: 200 | 206 | 302 | 307; headers: Record<string, string>; body: Readable | undefined };

const ARTIFACT = `SELECT path, size::float8, sha256, media_type AS "mediaType", storage_key AS "storageKey" FROM artifact WHERE release_id = $1 AND path = $2`;
const ZEROS = Buffer.alloc(256 * 1024);

@Injectable()
export class WebseedService {
  constructor(
    private readonly database: DataSource,
    private readonly gate: PasskeyGate,
    private readonly usage: PasskeyUsage,
    private readonly handOver: HandOver,
  ) {}

  async prepare(request: WebseedRequest): Promise<Webseed> {
    const facts = await this.gate.admit(request.passkey);
    const [name, ...rest] = request.path.split('/');
    const path = rest.join('/');
    const [artifact] =
      name === facts.torrentName ? await prepared<ArtifactRow>(this.database, 'artifact-of-torrent', ARTIFACT, [facts.release, path]) : [];
    if (artifact) return this.stored(request, facts, artifact);
    const padding = name === facts.torrentName ? paddingOf(path, facts.pieceLength) : undefined;
    if (padding === undefined) throw new Refusal('not-found', 'The torrent has no such file.');
    return zeros(request, padding);
  }

  private async stored(request: WebseedRequest, facts: PasskeyFacts, artifact: ArtifactRow): Promise<Webseed> {
    const etag = `"${artifact.sha256}"`;
    // Some clients ask an empty file for a range, and give up its piece when they are told that there is none.
    if (artifact.size === 0)
      return { kind: 'here', status: 200, headers: { ...headersOf(artifact, etag), 'content-length': '0' }, body: undefined };
    const { span, partial } = spanOf(request, artifact.size, etag);
    const headers = headersOf(artifact, etag);
    const bytes = span.last - span.first + 1;
    const handed = await this.handOver.of(request, { storageKey: artifact.storageKey, headers, redirect: { status: 302 } }, partial);
    if (handed) {
      if (request.method === 'GET') this.usage.add(facts, { webseeded: bytes });
      return { kind: 'here', ...handed, body: undefined };
    }
    headers['content-length'] = String(bytes);
    if (partial) headers['content-range'] = `bytes ${span.first}-${span.last}/${artifact.size}`;
    const answer: Answer = { status: partial ? 206 : 200, headers, storageKey: artifact.storageKey };
    if (request.method === 'HEAD') return { kind: 'here', status: partial ? 206 : 200, headers, body: undefined };
    return { kind: 'stored', answer: { ...answer, span }, sending: this.sending(request.passkey, facts) };
  }

  private sending(passkey: string, facts: PasskeyFacts): Sending {
    return {
      channel: 'torrent',
      begin: async () => {},
      stillAllowed: async () => (await this.gate.admit(passkey, FRESH_MS)) !== undefined,
      end: async ({ bytes }) => this.usage.add(facts, { webseeded: bytes }),
    };
  }
}

function spanOf({ range, ifRange }: WebseedRequest, size: number, etag: string): { span: ByteRange; partial: boolean } {
  const requested = requestedRange({ range, ifRange }, size, etag);
  if (requested === 'unsatisfiable') throw new Refusal('bad-range', `The file has ${size} bytes.`, { size });
  return requested === 'whole' ? { span: { first: 0, last: size - 1 }, partial: false } : { span: requested, partial: true };
}

/** BEP 47: what stands between the files is shorter than a piece, and named by its length. */
function paddingOf(path: string, pieceLength: number): number | undefined {
  const [folder, length, ...rest] = path.split('/');
  if (folder !== PAD_FOLDER || rest.length > 0 || !/^[1-9][0-9]{0,8}$/.test(length ?? '')) return undefined;
  return Number(length) < pieceLength ? Number(length) : undefined;
}

function zeros(request: WebseedRequest, size: number): Webseed {
  const { span, partial } = spanOf(request, size, `"zeros-${size}"`);
  const length = span.last - span.first + 1;
  const headers: Record<string, string> = {
    'content-type': 'application/octet-stream',
    'accept-ranges': 'bytes',
    'content-length': String(length),
    ...(partial && { 'content-range': `bytes ${span.first}-${span.last}/${size}` }),
  };
  const blocks = Array.from({ length: Math.ceil(length / ZEROS.length) }, (_, n) => ZEROS.subarray(0, length - n * ZEROS.length));
  return { kind: 'here', status: partial ? 206 : 200, headers, body: Readable.from(blocks) };
}
