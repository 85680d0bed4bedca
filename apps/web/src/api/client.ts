import type { Problem } from '@paddock/contracts';

/** What the API refused, with its reason and remedy; or `offline`, when nothing answered at all. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Sending {
  body?: unknown;
  /** The same key for each try of one intention: a double click or a lost answer makes one request. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/** One call of the API below /api/v1. Throws Refused alone. */
export async function call<Answer>(method: Method, path: string, { body, idempotencyKey, signal }: Sending = {}): Promise<Answer> {
  const answer = await fetch(`/api/v1${path}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new Refused(OFFLINE);
  });
  if (!answer.ok) throw new Refused(await problemIn(answer));
  const text = await answer.text();
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

export const OFFLINE: Problem = {
  type: 'about:blank',
  code: 'unavailable',
  title: 'The portal does not answer',
  status: 503,
  detail: 'Your connection may be down, or the portal is restarting. What you typed is still here.',
  remedy: 'Try again in a moment.',
  requestId: '',
};

/** A proxy in front may answer with something else than a problem document. */
export async function problemIn(answer: Response): Promise<Problem> {
  if (answer.headers.get('content-type')?.startsWith('application/problem+json')) return (await answer.json()) as Problem;
  return { ...OFFLINE, status: answer.status, detail: `Something between you and the portal answered ${answer.status}.` };
}
