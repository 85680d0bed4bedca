import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendFile, sendProblem, startLinkServer, type SeenRequest } from '../../../../test/support/link-server.js';
import { Portal } from '../portal/portal.js';
import { DeliveryApi } from './delivery-api.js';
import { downloadRelease } from './download-release.js';

const files = new Map([
  ['model.gguf', randomBytes(3_000_000)],
  ['sub/empty', Buffer.alloc(0)],
]);
let folder: string;
let server: Awaited<ReturnType<typeof startLinkServer>>;
let notes: string[];
let counted: number;
let generation: number;
let answerLink: (name: string, request: SeenRequest, response: ServerResponse) => void;
let pathOf: (path: string) => string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-download-'));
  notes = [];
  counted = generation = 0;
  pathOf = (path) => path;
  answerLink = (name, request, response) => sendFile(files.get(name)!, request, response);
  server = await startLinkServer((request, response) => {
    const api = request.path.replace('/api/v1', '');
    if (api === '/grants?model=lab-m') return json(response, { items: [{ id: 'g0', model: 'lab-m', state: 'revoked' }], nextCursor: 'n' });
    if (api === '/grants?model=lab-m&cursor=n')
      return json(response, { items: [{ id: 'g1', model: 'lab-m', state: 'active' }], nextCursor: null });
    if (/^\/(grants\/g1|models\/lab-m\/releases\/v1)\/links$/.test(api)) return json(response, manifest());
    return answerLink(decodeURIComponent(request.path).replace(/^\/\d\//, ''), request, response);
  });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function manifest() {
  generation += 1;
  const artifacts = [...files].map(([path, bytes]) => ({
    path: pathOf(path),
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    url: `${server.url}/${generation}/${path}`,
  }));
  return { release: 'v1', expiresAt: '2030-01-01T00:00:00Z', artifacts, script: 'x' };
}

async function download(token: string | undefined = 'secret'): Promise<number> {
  const api = new DeliveryApi(new Portal(server.url, token), 'lab-m', 'v1');
  return downloadRelease(api, await api.links(), folder, {
    onBytes: (count) => void (counted += count),
    onFile: () => {},
    onRetry: (path, reason) => void notes.push(`${path}: ${reason}`),
    firstPauseMs: 1,
  });
}
const arrived = () => [...files].filter(([path, bytes]) => readFileSync(join(folder, path)).equals(bytes)).map(([path]) => path);

describe('downloading', () => {
  test('finds the active grant, fetches everything, and then nothing', async () => {
    expect(await download()).toBe(2);
    expect(arrived()).toEqual([...files.keys()]);
    expect(counted).toBe(3_000_000);
    expect(await download()).toBe(0);
    expect(server.seen.filter((request) => request.path.endsWith('.gguf'))).toHaveLength(1);
  });

  test('the token goes to the portal and never along with a link', async () => {
    await download();
    const withToken = server.seen.filter((request) => request.authorization === 'Bearer secret').map((request) => request.path);
    expect(withToken).toEqual(['/api/v1/grants?model=lab-m', '/api/v1/grants?model=lab-m&cursor=n', '/api/v1/grants/g1/links']);
  });

  test('an open model needs no token', async () => {
    const api = new DeliveryApi(new Portal(server.url, undefined), 'lab-m', 'v1');
    expect((await api.links()).artifacts).toHaveLength(2);
    expect(server.seen).toEqual([expect.objectContaining({ path: '/api/v1/models/lab-m/releases/v1/links', authorization: undefined })]);
  });

  test('goes on after each cut', async () => {
    const model = files.get('model.gguf')!;
    answerLink = (name, request, response) => {
      const first = Number(/\d+/.exec(request.range ?? '')?.[0] ?? 0);
      if (first >= 2_000_000) return sendFile(files.get(name)!, request, response);
      response.writeHead(206, {
        'content-length': model.length - first,
        'content-range': `bytes ${first}-${model.length - 1}/${model.length}`,
      });
      response.write(model.subarray(first, first + 500_000), () => setTimeout(() => response.destroy(), 50));
    };
    expect(await download()).toBe(2);
    expect(arrived()).toEqual([...files.keys()]);
    expect(notes.length).toBeGreaterThanOrEqual(4);
    expect(counted).toBe(3_000_000);
  });

  test('replaces what an earlier run left where it is wrong', async () => {
    writeFileSync(join(folder, 'model.gguf.part'), Buffer.alloc(1_000_000, 1));
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub/empty.part'), 'not empty');
    expect(await download()).toBe(2);
    expect(notes).toEqual(['model.gguf: the SHA-256 is wrong', 'sub/empty: the SHA-256 is wrong']);
    expect(arrived()).toEqual([...files.keys()]);
    expect(counted).toBe(3_000_000);
  });

  test('starts over where the server cannot continue', async () => {
    writeFileSync(join(folder, 'model.gguf.part'), files.get('model.gguf')!.subarray(0, 1000));
    answerLink = (name, request, response) => sendFile(files.get(name)!, { ...request, range: undefined }, response);
    expect(await download()).toBe(2);
    expect(arrived()).toEqual([...files.keys()]);
  });

  test('never gives wrong bytes their name', async () => {
    answerLink = (name, request, response) => sendFile(Buffer.alloc(files.get(name)!.length, 1), request, response);
    await expect(download()).rejects.toMatchObject({ code: 'sha256-mismatch', exitCode: 4 });
    expect(existsSync(join(folder, 'model.gguf'))).toBe(false);
  });

  test('renews links that have expired, once', async () => {
    const serve = answerLink;
    answerLink = (name, request, response) =>
      request.path.startsWith('/1/')
        ? sendProblem(response, 410, { code: 'link-expired', detail: 'Old.', remedy: 'Renew.' })
        : serve(name, request, response);
    expect(await download()).toBe(2);
    answerLink = (_name, _request, response) => sendProblem(response, 410, { code: 'link-expired', detail: 'Old.', remedy: 'Renew.' });
    rmSync(join(folder, 'model.gguf'));
    await expect(download()).rejects.toMatchObject({ code: 'link-expired' });
  });

  test('shows a refusal as the portal said it', async () => {
    answerLink = (_name, _request, response) => sendProblem(response, 403, { code: 'grant-revoked', detail: 'Leaked.', remedy: 'Write.' });
    await expect(download()).rejects.toMatchObject({ code: 'grant-revoked', detail: 'Leaked.', remedy: 'Write.', exitCode: 2 });
  });

  test.each(['../evil', '/etc/cron.d/x', 'a/../../b', 'con', '.ssh/-x'])('refuses a manifest that names %j', async (path) => {
    pathOf = () => path;
    await expect(download()).rejects.toMatchObject({ code: 'unexpected-answer' });
  });

  test('says when it cannot write', async () => {
    writeFileSync(join(folder, 'sub'), 'a file where a directory must be');
    await expect(download()).rejects.toMatchObject({ code: 'cannot-write', exitCode: 6 });
  });
});
