import { AdapterFailure } from '@paddock/domain';
import type { GuardedFetch } from '../../http/guarded-fetch.js';

/** Of what a receiver answers, as much as helps to find a fault. */
const KEPT_BYTES = 2048;
const USER_AGENT = 'Paddock-Webhooks/1 (+https://www.standardwebhooks.com)';

export interface WebhookAnswer {
  ok: boolean;
  /** null when nothing answered. */
  status: number | null;
  answer: string | null;
  /** Why it does not count as received. */
  reason: string | null;
}

/** The same at every attempt and replay of an event: receivers drop what they have seen. */
export function messageId(event: string): string {
  return `evt_${event}`;
}

/** One attempt. Only 2xx counts; redirects are not followed. */
export async function attemptWebhook(
  fetch: GuardedFetch,
  url: string,
  headers: Record<string, string>,
  payload: string,
  signal: AbortSignal,
): Promise<WebhookAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: payload,
      signal,
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': USER_AGENT },
    });
    const { status, ok, body } = response;
    const answer = body ? await beginningOf(body.getReader()) : '';
    const reason = ok
      ? null
      : status >= 300 && status < 400
        ? 'The receiver redirects; redirects are not followed.'
        : `The receiver answered ${status}.`;
    return { ok, status, answer, reason };
  } catch (error) {
    const reason = error instanceof AdapterFailure ? error.message : String((error as Error).message);
    return { ok: false, status: null, answer: null, reason: printable(reason) };
  }
}

/** Never more than is kept: the rest of an endless answer is not waited for. What breaks off is kept as far as it came. */
async function beginningOf(reader: { read(): Promise<{ done: boolean; value?: unknown }>; cancel(): Promise<void> }): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for (let kept = 0; kept < KEPT_BYTES;) {
      const { done, value } = await reader.read();
      if (done) break;
      const chunk = Buffer.from(value as Uint8Array);
      chunks.push(chunk);
      kept += chunk.length;
    }
  } catch {
    // The status has come, and it is what counts.
  }
  await reader.cancel().catch(() => undefined);
  return printable(Buffer.concat(chunks).subarray(0, KEPT_BYTES).toString('utf8'));
}

function printable(text: string): string {
  return text.toWellFormed().replaceAll(/\p{Cc}+/gu, ' ');
}
