import { AdapterFailure } from '@paddock/domain';
import { beginningOf } from '../../http/beginning.js';
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
    const answer = body ? printable((await beginningOf(body, KEPT_BYTES)).toString('utf8')) : '';
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

function printable(text: string): string {
  return text.toWellFormed().replaceAll(/\p{Cc}+/gu, ' ');
}
