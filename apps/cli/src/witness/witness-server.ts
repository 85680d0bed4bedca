import { formatNote, formatSignature, ProofFault, readSubmission, sha256Hex, type WatchedLog } from '@paddock/ledger';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { WitnessState } from './witness-state.js';

/** More than 63 hashes and a note of 16 signatures take. */
const LONGEST_BODY = 64 * 1024;
const PATIENCE_MS = 10_000;

interface Answer {
  status: number;
  body: string;
  type?: string;
}

/** C2SP tlog-witness over HTTP: add-checkpoint, and the last cosigned checkpoint of each log. */
export function witnessServer(state: WitnessState, logs: readonly WatchedLog[], say: (line: string) => void): Server {
  const byOrigin = new Map(logs.map((log) => [log.origin, log]));
  const byHash = new Map(logs.map(({ origin }) => [sha256Hex(origin), origin]));
  const inTurn = turns();

  async function answerTo(request: IncomingMessage): Promise<Answer> {
    const { method = '', url = '' } = request;
    const [, hash] = /^\/([0-9a-f]{64})\/checkpoint$/.exec(url) ?? [];
    if (method === 'POST' && url === '/add-checkpoint') return add(await bodyOf(request));
    if (method === 'GET' && hash !== undefined) {
      const origin = byHash.get(hash);
      const note = origin === undefined ? undefined : await state.cosigned(origin);
      return note === undefined ? { status: 404, body: 'No checkpoint of this log was cosigned here.\n' } : { status: 200, body: note };
    }
    return { status: 404, body: 'This is a witness: POST /add-checkpoint, GET /ORIGIN-HASH/checkpoint.\n' };
  }

  /** One at a time: what was judged must still be so when it is remembered. */
  async function add(body: string | undefined): Promise<Answer> {
    if (body === undefined) return { status: 413, body: 'The body is too long.\n' };
    const submission = readSubmission(body);
    const { origin } = submission.offered;
    return inTurn(async () => {
      const verdict = await state.judge(submission, byOrigin.get(origin));
      say(`${origin} size ${submission.offered.size}: ${verdict.status}${verdict.status === 200 ? '' : ` ${verdict.reason}`}`);
      if (verdict.status === 409) return { status: 409, body: `${verdict.size}\n`, type: 'text/x.tlog.size' };
      if (verdict.status !== 200) return { status: verdict.status, body: `${verdict.reason}\n` };
      const { note } = verdict;
      const cosignature = state.signer.sign(note.text);
      await state.remember(origin, formatNote({ text: note.text, signatures: [...note.signatures, cosignature] }));
      return { status: 200, body: formatSignature(cosignature) };
    });
  }

  const server = createServer({ requestTimeout: PATIENCE_MS, headersTimeout: PATIENCE_MS }, (request, response) => {
    answerTo(request)
      .catch((error: unknown) => answerOfFailure(error, say))
      .then((answer) => send(response, answer));
  });
  return server;
}

function answerOfFailure(error: unknown, say: (line: string) => void): Answer {
  if (error instanceof ProofFault) return { status: 400, body: `${error.message}\n` };
  say(`failed: ${(error as Error).message}`);
  return { status: 500, body: 'The witness cannot do this now.\n' };
}

function send(response: ServerResponse, { status, body, type = 'text/plain; charset=utf-8' }: Answer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' });
  response.end(body);
}

/** Undefined for a body that is longer than any request is. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= LONGEST_BODY) chunks.push(chunk);
  }
  return length > LONGEST_BODY ? undefined : Buffer.concat(chunks).toString('utf8');
}

function turns() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  };
}
