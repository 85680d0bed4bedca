import { jest } from '@jest/globals';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PublishingServer } from '../../../test/support/publishing-server.js';
import { run } from './program.js';

let folder: string;
let server: PublishingServer;
let portal: string;
let output: { out: string; err: string };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-cli-'));
  writeFileSync(join(folder, 'model.gguf'), 'abc');
  server = new PublishingServer();
  portal = await server.start();
  output = { out: '', err: '' };
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((output.out += String(text)), true));
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((output.err += String(text)), true));
});
afterEach(async () => {
  jest.restoreAllMocks();
  await server.stop();
  rmSync(folder, { recursive: true });
});

const publish = (env: Record<string, string>, ...more: string[]) =>
  run(['publish', folder, '--model', 'lab-m', '--release', 'v1', ...more], { PADDOCK_URL: portal, ...env });

describe('paddock', () => {
  test('publishes and prints what it published and where', async () => {
    expect(await publish({ PADDOCK_TOKEN: 'secret' }, '--public', '*.md', '*.txt')).toBe(0);
    expect(output.out).toMatch(/^PATH +SIZE +SHA-256\nmodel\.gguf +3 +ba7816bf[0-9a-f]+\n\nlab-m v1 is published: 3 B sent in /);
    expect(output.out).toContain(`${portal}/models/lab-m/releases/v1\n`);
    expect(output.err).toBe('model.gguf: uploaded\n');
  });

  test('shows a refusal with its remedy', async () => {
    expect(await publish({ PADDOCK_TOKEN: 'wrong' })).toBe(2);
    expect(output.err).toBe('unauthenticated: because unauthenticated\n  mend unauthenticated\n');
  });

  test('a refusal cannot steer the terminal', async () => {
    server.refusal = { status: 403, code: 'x', detail: '\u001b[2Jgone\u009b1m', remedy: '' };
    expect(await publish({ PADDOCK_TOKEN: 'secret' })).toBe(2);
    expect(output.err).toBe('x: [2Jgone1m\n');
  });

  test('takes the token from a file that nobody else can read', async () => {
    const file = join(folder, 'token');
    writeFileSync(file, 'secret\n', { mode: 0o644 });
    expect(await publish({}, '--token-file', file)).toBe(5);
    expect(output.err).toContain(`Run: chmod 600 ${file}`);
    expect(server.log).toEqual([]);
    chmodSync(file, 0o600);
    expect(await publish({ PADDOCK_TOKEN: 'another' }, '--token-file', file)).toBe(0);
    expect(await publish({ PADDOCK_TOKEN_FILE: file })).toBe(0);
  });

  test('has no option that takes a token', async () => {
    expect(await publish({}, '--token', 'secret')).toBe(1);
    expect(output.err).toContain("unknown option '--token'");
    expect(await publish({ PADDOCK_TOKEN: 'a b' })).toBe(5);
  });

  test('does not follow a portal elsewhere', async () => {
    expect(await run(['--portal', 'ftp://host', 'publish', folder, '--model', 'm', '--release', 'r'], { PADDOCK_TOKEN: 'x' })).toBe(1);
    await server.stop();
    expect(await publish({ PADDOCK_TOKEN: 'secret' })).toBe(3);
    expect(output.err).toContain('portal-unreachable');
    server = new PublishingServer();
    await server.start();
  });

  test('explains itself', async () => {
    expect(await run(['--help'], {})).toBe(0);
    expect(output.out).toContain('Exit codes:');
    expect(await run(['publish'], {})).toBe(1);
  });
});
