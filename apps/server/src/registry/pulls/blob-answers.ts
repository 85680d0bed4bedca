import { Injectable } from '@nestjs/common';
import { requestedRange, type RepositoryName } from '@paddock/delivery';
import { Refusal } from '@paddock/domain';
import type { ByteRange } from '@paddock/storage';
import { matches } from '../../delivery/links/download.service.js';
import type { FileRequest } from '../../delivery/file-request.js';
import { HandOver } from '../../delivery/hand-over.js';
import type { Answer, Sending } from '../../delivery/transfer.js';
import { Runtime } from '../../http/runtime.js';
import { BlobSending } from './blob-sending.js';
import type { FoundBlob } from './blobs.service.js';
import type { Admission } from './pull-gate.js';
import { PullLedger, type Pull } from './pull-ledger.js';

export interface BlobRequest extends FileRequest {
  pull: Pull;
  name: RepositoryName;
}

/** How a blob leaves: streamed from the store, or in one answer from here. */
export type BlobAnswer =
  | { kind: 'stored'; answer: Answer; sending: Sending }
  | { kind: 'here'; status: 200 | 206 | 302 | 304 | 307; headers: Record<string, string>; body: Buffer | undefined };

/** What an admitted request for a blob is answered with. */
@Injectable()
export class BlobAnswers {
  constructor(
    private readonly runtime: Runtime,
    private readonly sendings: BlobSending,
    private readonly ledger: PullLedger,
    private readonly handOver: HandOver,
  ) {}

  async of(request: BlobRequest, blob: FoundBlob, admission: Admission): Promise<BlobAnswer> {
    const { pull, method } = request;
    const etag = `"${pull.digest}"`;
    const headers = this.headersOf(pull, etag);
    if (matches(request.ifNoneMatch, etag)) return { kind: 'here', status: 304, headers, body: undefined };
    const { span, partial } = spanOf(request, blob.size, etag);
    const status = partial ? 206 : 200;
    if (blob.storageKey !== null && method === 'GET' && blob.size > 0) {
      const redirect = { status: 307, headers: { 'docker-content-digest': pull.digest } } as const;
      const handed = await this.handOver.of(request, { storageKey: blob.storageKey, headers, redirect }, partial);
      if (handed) {
        await this.ledger.record('pull-redirected', pull, admission, { first: span.first, bytes: span.last - span.first + 1 });
        return { kind: 'here', ...handed, body: undefined };
      }
    }
    headers['content-length'] = String(span.last - span.first + 1);
    if (partial) headers['content-range'] = `bytes ${span.first}-${span.last}/${blob.size}`;
    if (blob.storageKey === null || method === 'HEAD')
      return { kind: 'here', status, headers, body: blob.bytes?.subarray(span.first, span.last + 1) };
    const answer: Answer = { status, headers, storageKey: blob.storageKey, span };
    return { kind: 'stored', answer, sending: this.sendings.of(pull, request.name, blob.wanted, admission) };
  }

  /** Ollama reads where the bytes are from Location, on a 200 too, and asks there without any token. */
  private headersOf({ repository, digest }: Pull, etag: string): Record<string, string> {
    return {
      'content-type': 'application/octet-stream',
      'accept-ranges': 'bytes',
      'docker-content-digest': digest,
      etag,
      location: `${this.runtime.publicUrl}/v2/${repository}/blobs/${digest}`,
    };
  }
}

function spanOf({ range, ifRange }: BlobRequest, size: number, etag: string): { span: ByteRange; partial: boolean } {
  const requested = isInverted(range) ? 'unsatisfiable' : requestedRange({ range, ifRange }, size, etag);
  if (requested === 'unsatisfiable') throw new Refusal('bad-range', `The blob has ${size} bytes.`, { size });
  return requested === 'whole' ? { span: { first: 0, last: size - 1 }, partial: false } : { span: requested, partial: true };
}

/** RFC 9110 lets a server ignore it; the distribution specification's conformance tests want it refused. */
function isInverted(range: string | undefined): boolean {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  return first !== undefined && Number(last) < Number(first);
}
