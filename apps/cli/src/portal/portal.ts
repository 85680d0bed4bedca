import type * as z from 'zod';
import { failureOf, parsed, PortalRefusal, PortalUnreachable, reasonOf } from './portal-failures.js';

const LONGEST_ANSWER_MS = 120_000;

/** The portal's JSON interface under /api/v1, with a bearer token. */
export class Portal {
  readonly api: URL;

  constructor(
    readonly origin: string,
    /** Undefined for someone who holds none; only open models are for them. */
    readonly token: string | undefined,
  ) {
    this.api = new URL('/api/v1/', origin);
  }

  /** Value of the Authorization header; empty without a token. */
  get authorization(): string {
    return this.token === undefined ? '' : `Bearer ${this.token}`;
  }

  /** Segments are percent-encoded here. */
  url(...segments: string[]): URL {
    return new URL(segments.map(encodeURIComponent).join('/'), this.api);
  }

  /**
   * Sends one request and reads its answer by the schema.
   * @throws PortalRefusal when the portal says no; PortalUnreachable when it may work later
   */
  async ask<T>(schema: z.ZodType<T>, method: 'GET' | 'POST' | 'PUT', url: URL, body?: unknown): Promise<T> {
    const json = body === undefined ? undefined : JSON.stringify(body);
    const { status, text } = await this.fetch(url, method, json === undefined ? undefined : { type: 'application/json', bytes: json });
    return this.read(schema, url, status, text);
  }

  /** Puts bytes as they are; nothing in the answer matters but that it is no refusal. */
  async send(url: URL, bytes: Buffer): Promise<void> {
    const { status, text } = await this.fetch(url, 'PUT', { type: 'application/octet-stream', bytes });
    if (status >= 300) throw failureOf(url, status, text);
  }

  /** Reads an answer that came by another way by the same rules as `ask`. */
  read<T>(schema: z.ZodType<T>, url: URL, status: number, text: string): T {
    if (status >= 300) throw failureOf(url, status, text);
    const answer = schema.safeParse(parsed(text));
    if (answer.success) return answer.data;
    const detail = `${url.href} answered in a form that this version does not know`;
    throw new PortalRefusal(status, 'unexpected-answer', detail, 'Use the paddock command of the same version as the portal.');
  }

  private async fetch(
    url: URL,
    method: string,
    body?: { type: string; bytes: string | Buffer },
  ): Promise<{ status: number; text: string }> {
    try {
      const response = await fetch(url, {
        method,
        // A redirect could carry the token to another host, so none is followed.
        redirect: 'manual',
        signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
        headers: {
          ...(this.authorization === '' ? {} : { authorization: this.authorization }),
          accept: 'application/json',
          ...(body && { 'content-type': body.type }),
        },
        ...(body && { body: body.bytes as BodyInit }),
      });
      return { status: response.status, text: await response.text() };
    } catch (cause) {
      throw new PortalUnreachable(url, reasonOf(cause), { cause });
    }
  }
}
