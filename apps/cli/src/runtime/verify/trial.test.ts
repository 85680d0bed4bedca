import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliFailure } from '../../cli-failure.js';
import { pinnedImage } from './pinned-image.js';
import { tryImage } from './trial.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('an image to verify with', () => {
  test.each([
    [`portal.example/lab/runtime@${DIGEST}`, `portal.example/lab/runtime@${DIGEST}`],
    [`127.0.0.1:8080/lab/runtime:v1@${DIGEST}`, `127.0.0.1:8080/lab/runtime@${DIGEST}`],
  ])('%s', (text, reference) => expect(pinnedImage(text)).toEqual({ reference, publisher: 'lab', name: 'runtime', digest: DIGEST }));

  test.each([
    'runtime',
    'portal.example/lab/runtime',
    'portal.example/lab/runtime:v1',
    'portal.example/lab/runtime@sha256:abc',
    `portal.example/runtime@${DIGEST}`,
    `portal.example/a/b/c@${DIGEST}`,
    `portal.example/../b@${DIGEST}`,
    `--privileged/lab/runtime@${DIGEST}`,
  ])('%s is none', (text) => expect(() => pinnedImage(text)).toThrow(expect.objectContaining({ code: 'image-unfit' })));
});

/** Takes the words of an engine and misbehaves; a real engine with a real image is in test/compat. */
const ENGINE = `
  import { createServer } from 'node:http';
  import { readFileSync, writeFileSync } from 'node:fs';
  const [does, command, ...words] = process.argv.slice(2);
  const pidFile = (name) => new URL(name, import.meta.url);
  if (command === 'stop') {
    process.kill(Number(readFileSync(pidFile(words.at(-1)), 'utf8')), 'SIGTERM');
    process.exit();
  }
  writeFileSync(pidFile(words[words.indexOf('--name') + 1]), String(process.pid));
  if (process.argv.join(' ').includes('s3cret')) console.error('a token among the arguments');
  if (does === 'engine-fails') { console.error('cannot pull'); process.exit(125); }
  if (does === 'refused') { console.error('access-not-granted: not yours'); process.exit(2); }
  if (does !== 'other-image') console.error('paddock: m r has no license');
  console.error('llama log');
  if (does === 'crashes') process.exit(1);
  let asked = 0;
  const completion = () => ({
    choices: [{ text: does === 'wanders' ? 'text ' + (asked += 1) : does === 'mute' ? '' : 'text' }],
    system_fingerprint: 'b1',
    timings: { predicted_per_second: does === 'too-fast' ? null : 7 },
  });
  const answer = (request) => request.headers.authorization !== 'Bearer ' + process.env.LLAMA_API_KEY ? 401
    : request.url === '/health' ? (does === 'sick' ? 503 : 200) : does === 'breaks' ? 500 : 200;
  createServer((request, response) => {
    if (does === 'dies' && request.url !== '/health') process.exit(1);
    response.writeHead(answer(request)).end(JSON.stringify(completion()));
  }).listen(Number(words[words.indexOf('--port') + 1]), '127.0.0.1');
  if (does === 'sick') process.on('SIGTERM', () => {});
`;

describe('trying an image', () => {
  let folder: string;
  let said: string[];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-engine-'));
    writeFileSync(join(folder, 'engine.mjs'), ENGINE);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const trying = (does: string, withinMs = 10_000, interrupted = new AbortController().signal) => {
    said = [];
    const engine: [string, ...string[]] =
      does === 'absent' ? [join(folder, 'absent')] : [process.execPath, join(folder, 'engine.mjs'), does];
    const trial = { engine, image: 'image', model: 'm', release: 'r', env: { PADDOCK_TOKEN: 's3cret' }, withinMs };
    return tryImage(trial, (line) => said.push(line), interrupted);
  };

  test('measures what answers, and hands the token on unseen', async () => {
    expect(await trying('well')).toEqual({
      engine: 'llama.cpp b1',
      tokensPerSecond: 7,
      outputSha256: '982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1',
      loadMilliseconds: expect.any(Number),
    });
    expect(said.join('\n')).not.toContain('a token among the arguments');
  });

  test.each([
    ['absent', 'engine-missing', 1, 'no container engine'],
    ['engine-fails', 'engine-failed', 1, 'could not run the image'],
    ['refused', 'release-refused', 2, 'refused the release'],
    ['crashes', 'container-ended', 1, '| llama log'],
    ['other-image', 'image-unfit', 1, 'without having fetched'],
    ['wanders', 'output-differs', 4, 'not deterministic'],
    ['mute', 'completion-failed', 1, 'it answered 200'],
    ['too-fast', 'completion-failed', 1, 'it answered 200'],
    ['breaks', 'completion-failed', 1, 'it answered 500'],
    ['dies', 'container-ended', 1, '| llama log'],
  ])('one that %s fails as %s', async (does, code, exitCode, words) => {
    const failure = await trying(does).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CliFailure);
    expect(failure).toMatchObject({ code, exitCode, detail: expect.stringContaining(words) });
  });

  test('one that is never healthy, and does not want to end, is ended', async () => {
    await expect(trying('sick', 500)).rejects.toMatchObject({ code: 'never-healthy', detail: expect.stringContaining('| llama log') });
  });

  test('an interruption goes before every other failure', async () => {
    await expect(trying('sick', 10_000, AbortSignal.timeout(200))).rejects.toMatchObject({ code: 'interrupted', exitCode: 130 });
  });
});
