import { Injectable } from '@nestjs/common';
import {
  CaptureFailure,
  decodedBody,
  extractText,
  fetchExchanges,
  headerOf,
  writeWarc,
  type Exchange,
  type ExtractedText,
} from '@paddock/capture';
import { AdapterFailure } from '@paddock/domain';
import { sha256Hex } from '@paddock/ledger';
import { Readable } from 'node:stream';
import { v4 as uuidv4 } from 'uuid';
import { addressGuard } from '../../http/address-guard.js';
import { Runtime } from '../../http/runtime.js';

const LIMITS = { maxBytes: 4 * 1024 * 1024, timeoutMs: 30_000, maxRedirects: 5 };
const SOFTWARE = 'Paddock';

/** What a look at a source brought. Everything that went over the wire is kept in a WARC, whatever came of it. */
export interface CapturedPage {
  at: Date;
  warcSha256: string | null;
  /** The last answer; undefined where none came. */
  answer?: Exchange;
  exchanges: readonly Exchange[];
  /** undefined where no text could be had. */
  page?: { bytes: Buffer; mediaType: string; text: ExtractedText };
  failure?: { reason: string; detail: string };
}

/** Fetches a source and keeps what came. Knows no policy: the database is not asked while strangers are. */
@Injectable()
export class PageCapture {
  private readonly guard;

  constructor(private readonly runtime: Runtime) {
    this.guard = addressGuard({ allow: runtime.config.PADDOCK_CAPTURE_ALLOW_LOOPBACK ? 'loopback' : 'public' });
  }

  async capture(url: string): Promise<CapturedPage> {
    const at = this.runtime.now();
    const { exchanges, failure } = await this.fetch(url);
    const warcSha256 = exchanges.length > 0 ? await this.keepWarc(exchanges) : null;
    const answer = exchanges.at(-1);
    const fetched: CapturedPage = { at, warcSha256, exchanges, ...(answer && { answer }) };
    if (failure || !answer) return { ...fetched, ...(failure && { failure }) };
    try {
      const bytes = decodedBody(answer);
      const mediaType = headerOf(answer, 'content-type') ?? 'application/octet-stream';
      return { ...fetched, page: { bytes, mediaType, text: await extractText(bytes, mediaType, answer.url) } };
    } catch (error) {
      return { ...fetched, failure: failureOf(error) };
    }
  }

  private async fetch(url: string): Promise<{ exchanges: readonly Exchange[]; failure?: CapturedPage['failure'] }> {
    try {
      const { guard, runtime } = this;
      return { exchanges: await fetchExchanges(url, { guard, limits: LIMITS, now: () => runtime.now(), signal: runtime.closing }) };
    } catch (error) {
      // That the portal is stopping says nothing about the source.
      if (this.runtime.closing.aborted) throw error;
      return { exchanges: error instanceof CaptureFailure ? error.exchanges : [], failure: failureOf(error) };
    }
  }

  /** Under its digest, before any row names it: a row without its bytes cannot be. */
  private async keepWarc(exchanges: readonly Exchange[]): Promise<string> {
    const warc = await writeWarc(exchanges, { software: SOFTWARE, ids: () => `urn:uuid:${uuidv4()}` });
    const sha256 = sha256Hex(warc);
    await this.runtime.store.put(warcKey(sha256), Readable.from([warc]));
    return sha256;
  }
}

export function warcKey(sha256: string): string {
  return `warcs/${sha256}`;
}

function failureOf(error: unknown): { reason: string; detail: string } {
  if (error instanceof CaptureFailure) return { reason: error.reason, detail: error.message };
  if (error instanceof AdapterFailure) return { reason: 'unreadable', detail: error.message };
  throw error;
}
