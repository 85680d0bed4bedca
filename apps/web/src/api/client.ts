import type { Problem } from '@paddock/contracts';
import { words } from '../words/index.js';

/** What the API refused, with its reason and remedy; or OFFLINE, when nothing answered at all. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Sending {
  body?: unknown;
  signal?: AbortSignal;
}

/** One call of the API below /api/v1. Throws Refused, or what its signal was ended with. */
export async function call<Answer>(method: Method, path: string, { body, signal }: Sending = {}): Promise<Answer> {
  const answer = await fetched(`/api/v1${path}`, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  const text = await answer.text();
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

/** An answer that is no refusal; for what is not JSON. */
export async function fetched(url: string, request: RequestInit = {}): Promise<Response> {
  const answer = await fetch(url, request).catch((error: unknown) => {
    if (request.signal?.aborted) throw error;
    throw new Refused(OFFLINE);
  });
  if (!answer.ok) throw new Refused(await problemIn(answer));
  return answer;
}

export const OFFLINE: Problem = {
  type: 'about:blank',
  code: 'unavailable',
  status: 503,
  ...words.frame.offline,
  requestId: '',
};

/** A proxy in front may answer with something else than a problem document. */
async function problemIn(answer: Response): Promise<Problem> {
  if (answer.headers.get('content-type')?.startsWith('application/problem+json')) return (await answer.json()) as Problem;
  return { ...OFFLINE, status: answer.status, detail: words.frame.answeredBetween(answer.status) };
}
