import { Injectable } from '@nestjs/common';
import { contentDisposition, requestedRange, type LinkQuery } from '@paddock/delivery';
import { Refusal, type Channel } from '@paddock/domain';
import type { ByteRange } from '@paddock/storage';
import { DataSource } from 'typeorm';
import { gatherForLink, type LinkedArtifactFacts } from '../../grants/access-facts.js';
import { GateService } from '../../grants/gate.service.js';
import type { Actor } from '../../http/actor.js';
import type { FileRequest } from '../file-request.js';
import { HandOver } from '../hand-over.js';
import { LinkKeys } from './link-keys.js';
import { LinkLedger } from './link-ledger.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface DownloadRequest extends FileRequest {
  link: string;
  path: string;
  query: LinkQuery;
}

/** What a file's request is answered with, once the gate has said yes. */
export interface Download {
  gathered: LinkedArtifactFacts & { artifact: NonNullable<LinkedArtifactFacts['artifact']> };
  status: 200 | 206 | 302 | 304 | 307;
  headers: Record<string, string>;
  /** The bytes to stream; absent where no body is sent from here. */
  span?: ByteRange;
}

type StoredArtifact = { path: string; sha256: string; mediaType: string };

/** Answers links. Signature, row and gate are asked at every request, whatever came before. */
@Injectable()
export class DownloadService {
  constructor(
    private readonly database: DataSource,
    private readonly gate: GateService,
    private readonly keys: LinkKeys,
    private readonly links: LinkLedger,
    private readonly handOver: HandOver,
  ) {}

  /** Facts of a link that may be used now, or the refusal; refusals of real links are events. Bytes at `/d` go by the channel `link`. */
  async admit(
    actor: Actor,
    { link, path, query }: Pick<DownloadRequest, 'link' | 'path' | 'query'>,
    channelOf: (gathered: LinkedArtifactFacts) => Channel = () => 'link',
  ): Promise<LinkedArtifactFacts> {
    if (!UUID.test(link)) throw new Refusal('not-found', 'There is no such link.');
    const verdict = await this.keys.verify(link, path, query);
    const gathered = await gatherForLink(this.database, link, path);
    if (!gathered) throw new Refusal('not-found', 'There is no such link.');
    try {
      if (verdict === 'altered' || verdict === 'unknown-key')
        throw new Refusal('link-altered', 'Its signature does not fit this file and expiry.');
      if (verdict === 'expired' || gathered.expiresAt <= gathered.now)
        throw new Refusal('link-expired', 'Its time is over.', { grant: gathered.grant });
      if (gathered.linkRevoked) throw new Refusal('link-revoked', 'It was revoked.', { grant: gathered.grant });
      this.gate.refuse(gathered, channelOf(gathered));
      return gathered;
    } catch (error) {
      if (error instanceof Refusal) await this.links.refused(actor, link, gathered, path, error.code);
      throw error;
    }
  }

  async prepare(actor: Actor, request: DownloadRequest): Promise<Download> {
    const gathered = await this.admit(actor, request);
    const { artifact } = gathered;
    if (!artifact || !gathered.covered) {
      await this.links.refused(actor, request.link, gathered, request.path, 'artifact-not-in-link');
      throw new Refusal('artifact-not-in-link', `The link does not name \`${request.path}\`.`);
    }
    const etag = `"${artifact.sha256}"`;
    const headers = headersOf(artifact, etag);
    const admitted = { ...gathered, artifact };
    if (matches(request.ifNoneMatch, etag)) return { gathered: admitted, status: 304, headers };
    const range = requestedRange(request, artifact.size, etag);
    if (range === 'unsatisfiable') throw new Refusal('bad-range', `The file has ${artifact.size} bytes.`, { size: artifact.size });
    const span = range === 'whole' ? { first: 0, last: artifact.size - 1 } : range;
    const redirect = { status: 302, headers: { 'repr-digest': reprDigest(artifact.sha256) } } as const;
    const handed = await this.handOver.of(request, { storageKey: artifact.storageKey, headers, redirect }, range !== 'whole');
    if (handed) {
      await this.recordHandedOver(actor, request, admitted, span);
      return { gathered: admitted, ...handed };
    }
    if (range !== 'whole') headers['content-range'] = `bytes ${span.first}-${span.last}/${artifact.size}`;
    headers['content-length'] = String(span.last - span.first + 1);
    return { gathered: admitted, status: range === 'whole' ? 200 : 206, headers, ...(request.method === 'GET' && { span }) };
  }

  /** What others send is counted as if all of it were sent: what became of it is not known here. */
  private async recordHandedOver(actor: Actor, request: DownloadRequest, gathered: Download['gathered'], span: ByteRange): Promise<void> {
    const bytes = request.method === 'GET' ? span.last - span.first + 1 : 0;
    await this.links.reserve(actor, request.link, gathered, bytes);
    await this.links.record(actor, 'download-redirected', request.link, gathered, { path: gathered.artifact.path, bytes });
  }
}

/** If-None-Match (RFC 9110 section 13.1.2): any tag of the list, `W/` or not, or `*` for whatever there is. */
export function matches(header: string | undefined, etag: string): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag) || tags.includes('*');
}

export function headersOf(artifact: StoredArtifact, etag: string): Record<string, string> {
  return {
    'content-type': artifact.mediaType,
    'content-disposition': contentDisposition(artifact.path),
    'accept-ranges': 'bytes',
    etag,
    'repr-digest': reprDigest(artifact.sha256),
  };
}

/** RFC 9530: of the whole file, also on a partial answer. */
export function reprDigest(sha256: string): string {
  return `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`;
}
