import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithPeer } from '../../../../test/support/peers.js';
import { sendFile, sendProblem, startLinkServer, type SeenRequest } from '../../../../test/support/link-server.js';
import { downloadScript, shellQuote } from './download-script.js';
import { manifestLines } from './link-manifest.js';

const TOKEN = 'paddock_s3cretToken0123456789';
const files = new Map([
  ['model.gguf', randomBytes(3_000_000)],
  ['sub dir/tokenizer+v1.json', Buffer.from('{}')],
  ['empty.txt', Buffer.alloc(0)],
]);
const expired = { code: 'link-expired', detail: 'The link "x", \\ from \u001b[31myesterday, "remedy":"none"', remedy: 'Renew it.' };

let home: string;
let portal: Awaited<ReturnType<typeof startLinkServer>>;
let answerLink: (name: string, request: SeenRequest, response: ServerResponse) => void;
let answerRenewal: (request: SeenRequest, response: ServerResponse) => void;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'paddock-script-'));
  answerLink = (name, request, response) => sendFile(files.get(name)!, request, response);
  answerRenewal = (_, response) => response.writeHead(200).end(manifestLines(links('/new')));
  portal = await startLinkServer((request, response) => {
    if (request.path === '/api/renew') return answerRenewal(request, response);
    return answerLink(decodeURIComponent(request.path.replace(/^\/(old|new)\//, '')), request, response);
  });
});
afterEach(async () => {
  await portal.close();
  rmSync(home, { recursive: true });
});

function links(prefix: string) {
  return [...files].map(([path, content]) => ({
    path,
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    url: `${portal.url}${prefix}/${encodeURIComponent(path)}`,
  }));
}

function script(): string {
  return downloadScript({
    model: "lab-o'neil",
    release: '7b $(touch pwned) `id`',
    expiresAt: new Date('2026-01-01T00:00:00Z'),
    artifacts: links('/old'),
    renewUrl: `${portal.url}/api/renew`,
    remedyUrl: `${portal.url}/grants/1`,
  });
}

async function run(shell: string[], env: Record<string, string> = {}, args = ['out']) {
  writeFileSync(join(home, 'get.sh'), script());
  const child = spawn(shell[0]!, [...shell.slice(1), 'get.sh', ...args], {
    cwd: home,
    env: { PATH: process.env['PATH']!, HOME: home, ...env },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number>((exited) => child.on('close', exited));
  return { code, output };
}

function expectAllFiles() {
  for (const [path, content] of files) expect(readFileSync(join(home, 'out', path)).equals(content)).toBe(true);
}

const oldLinksAreExpired = () => {
  const serve = answerLink;
  answerLink = (name, request, response) =>
    request.path.startsWith('/old') ? sendProblem(response, 410, expired) : serve(name, request, response);
};

describe.each([
  ['curl and sh', ['sh']],
  ['curl and busybox sh', ['busybox', 'sh']],
])('download script', (peer, shell) => {
  describeWithPeer(peer, ['curl', shell[0]!], `apt-get install curl ${shell[0]}`, () => {
    test('fetches everything once, then finds it there', async () => {
      expect(await run(shell)).toEqual({ code: 0, output: expect.stringContaining('3 files are complete and right: 3 fetched') });
      expectAllFiles();
      const requests = portal.seen.length;
      expect(await run(shell)).toEqual({ code: 0, output: expect.stringContaining('0 fetched, 3 already there') });
      expect(portal.seen).toHaveLength(requests);
      expect(existsSync(join(home, 'pwned')) || existsSync(join(home, 'out/pwned'))).toBe(false);
    });

    test('goes on after a cut from where it was', async () => {
      const model = files.get('model.gguf')!;
      answerLink = (name, request, response) => {
        if (name !== 'model.gguf' || request.range) return sendFile(files.get(name)!, request, response);
        response.writeHead(200, { 'content-length': model.length });
        response.write(model.subarray(0, 1_000_000), () => setTimeout(() => response.destroy(), 200));
      };
      expect((await run(shell)).code).toBe(0);
      expectAllFiles();
      expect(portal.seen.map((request) => request.range)).toContain('bytes=1000000-');
    });

    test('finds a damaged beginning, says so and fetches it again', async () => {
      mkdirSync(join(home, 'out'));
      writeFileSync(join(home, 'out/model.gguf.part'), Buffer.alloc(500_000, 7));
      const { code, output } = await run(shell);
      expect(output).toContain('the SHA-256 is wrong; fetching it again');
      expect(code).toBe(0);
      expectAllFiles();
    });

    test('stops when the bytes are wrong twice', async () => {
      answerLink = (name, request, response) => sendFile(Buffer.alloc(files.get(name)!.length, 1), request, response);
      expect(await run(shell)).toEqual({ code: 4, output: expect.stringContaining('wrong again') });
      expect(existsSync(join(home, 'out/model.gguf'))).toBe(false);
    });

    test('renews expired links with the token from the environment', async () => {
      oldLinksAreExpired();
      expect((await run(shell, { PADDOCK_TOKEN: TOKEN })).code).toBe(0);
      expectAllFiles();
      const renewals = portal.seen.filter((request) => request.method === 'POST');
      expect(renewals).toEqual([
        expect.objectContaining({ authorization: `Bearer ${TOKEN}`, body: '{"release":"7b $(touch pwned) `id`"}' }),
      ]);
      expect(portal.seen.filter((request) => request.path !== '/api/renew' && request.authorization)).toEqual([]);
    });

    test('takes the token from a file that only its owner can read', async () => {
      oldLinksAreExpired();
      mkdirSync(join(home, '.config/paddock'), { recursive: true });
      const tokenFile = join(home, '.config/paddock/token');
      writeFileSync(tokenFile, `${TOKEN}\n`, { mode: 0o644 });
      const refused = await run(shell);
      expect(refused).toEqual({ code: 5, output: expect.stringContaining(`chmod 600 ${tokenFile}`) });
      expect(portal.seen.filter((request) => request.authorization)).toEqual([]);
      chmodSync(tokenFile, 0o600);
      expect((await run(shell)).code).toBe(0);
      expectAllFiles();
    });

    test('without a token it names the page and stops', async () => {
      oldLinksAreExpired();
      expect(await run(shell)).toEqual({ code: 5, output: expect.stringContaining(`${portal.url}/grants/1`) });
    });

    test('shows why the portal refused, and what to do', async () => {
      answerLink = (_name, _request, response) =>
        sendProblem(response, 403, { ...expired, code: 'grant-revoked', remedy: 'Write to the "publisher".' });
      const { code, output } = await run(shell, { PADDOCK_TOKEN: TOKEN });
      expect(code).toBe(2);
      expect(output).toContain('code: grant-revoked');
      expect(output).toContain('detail: The link "x", \\ from \\u001b[31myesterday, "remedy":"none"');
      expect(output).toContain('remedy: Write to the "publisher".');
    });

    test('shows why new links were refused', async () => {
      oldLinksAreExpired();
      answerRenewal = (_, response) => sendProblem(response, 403, { code: 'grant-suspended', detail: 'Paused.', remedy: 'Ask.' });
      expect(await run(shell, { PADDOCK_TOKEN: TOKEN })).toEqual({
        code: 2,
        output: expect.stringContaining('detail: Paused.\n  remedy: Ask.'),
      });
    });

    test('the token never leaves for another host', async () => {
      const stranger = await startLinkServer((_, response) => void response.writeHead(200).end(manifestLines(links('/new'))));
      oldLinksAreExpired();
      answerRenewal = (_, response) => response.writeHead(307, { location: stranger.url }).end();
      expect((await run(shell, { PADDOCK_TOKEN: TOKEN })).code).toBe(2);
      await stranger.close();
      expect(stranger.seen).toEqual([]);
    });

    test('neither token nor links stand in any argument list', async () => {
      oldLinksAreExpired();
      mkdirSync(join(home, 'bin'));
      const curl = execFileSync('sh', ['-c', 'command -v curl']).toString().trim();
      writeFileSync(join(home, 'bin/curl'), `#!/bin/sh\necho "$@" >> ${home}/argv\nexec ${curl} "$@"\n`, { mode: 0o755 });
      expect((await run(shell, { PADDOCK_TOKEN: TOKEN, PATH: `${home}/bin:${process.env['PATH']}` })).code).toBe(0);
      const argv = readFileSync(join(home, 'argv'), 'utf8');
      expect(argv).toContain('--config -');
      expect(argv).not.toMatch(new RegExp(`${TOKEN}|127\\.0\\.0\\.1`));
    });

    test.each(['openssl', 'sha256sum', 'shasum'])('needs no other programs than these and %s', async (digest) => {
      const bin = join(home, 'bin');
      mkdirSync(bin);
      for (const program of [...'awk cat curl cut ls mkdir mktemp mv rm sed sleep tr wc head'.split(' '), digest, shell[0]!]) {
        symlinkSync(
          execFileSync('sh', ['-c', `command -v ${program}`])
            .toString()
            .trim(),
          join(bin, program),
        );
      }
      expect((await run(shell, { PATH: bin })).code).toBe(0);
      expectAllFiles();
    });

    test('explains itself, and knows no other options', async () => {
      expect(await run(shell, {}, ['--help'])).toEqual({
        code: 0,
        output: expect.stringContaining("Downloads lab-o'neil, release 7b $(touch pwned) `id`"),
      });
      expect((await run(shell, {}, ['--token=x'])).code).toBe(1);
      expect((await run(shell, {}, ['a', 'b'])).code).toBe(1);
    });
  });
});

describe('shell quoting', () => {
  test.each(["'", "'; touch x; '", '$(id)', '`id`', '\\', '"', '!!', '~', '*', '-n', 'é ü', "''\\''", '${HOME}'])(
    '%j reads back',
    (text) => {
      expect(execFileSync('sh', ['-c', `printf %s ${shellQuote(text)}`]).toString()).toBe(text);
    },
  );
  test.each(['a\nb', '\0', '\t', '\u001b[2J'])('refuses %j', (text) => expect(() => shellQuote(text)).toThrow(RangeError));
  test('refuses a manifest that could add lines', () => {
    const [first] = [{ path: 'a', size: 1, sha256: '0'.repeat(64), url: 'http://h/a' }];
    for (const fault of [{ path: 'a\nEND' }, { url: 'http://h/a\tb' }, { url: 'file:///etc' }, { sha256: 'x' }, { size: -1 }]) {
      expect(() => manifestLines([{ ...first!, ...fault }])).toThrow(RangeError);
    }
  });
});
