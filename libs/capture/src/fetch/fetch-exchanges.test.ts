import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { describeWithPeer } from '../../../../test/support/peers.js';
import { addressGuard } from '../../../../apps/server/src/http/address-guard.js';
import { CaptureFailure } from './capture-failure.js';
import { decodedBody } from './decoded-body.js';
import { fetchExchanges, type FetchOptions } from './fetch-exchanges.js';

const options: FetchOptions = {
  guard: addressGuard({ allow: 'loopback' }),
  limits: { maxBytes: 100_000, timeoutMs: 1500, maxRedirects: 3 },
  now: () => new Date('2026-11-01T12:00:00Z'),
};
const head = (status: string, ...fields: string[]) => [`HTTP/1.1 ${status}`, ...fields, '', ''].join('\r\n');
const page = (body: string | Buffer, ...fields: string[]) =>
  Buffer.concat([
    Buffer.from(head('200 OK', 'Content-Type: text/html', `Content-Length: ${Buffer.byteLength(body)}`, ...fields)),
    Buffer.from(body),
  ]);
const moved = (to: string) => head('302 Found', `Location: ${to}`, 'Content-Length: 0');

/** What the source says to each path, byte for byte; a function has the socket to itself. */
const SAID: Record<string, string | Buffer | ((socket: Socket) => void)> = {
  '/policy?v=1': page('<p>Be kind.</p>', 'X-Odd: a', 'x-odd: b', 'Set-Cookie: id=1'),
  '/chunked': `${head('200 OK', 'Transfer-Encoding: chunked')}3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n`,
  '/hints': `${head('103 Early Hints', 'Link: </x.css>')}${head('200 OK', 'Content-Length: 2')}ok`,
  '/gzip': page(gzipSync('unpacked'), 'Content-Encoding: gzip'),
  '/bomb': page(gzipSync(Buffer.alloc(5_000_000)), 'Content-Encoding: gzip'),
  '/broken-gzip': page('not gzip', 'Content-Encoding: gzip'),
  '/odd-coding': page('x', 'Content-Encoding: toString'),
  '/many-codings': page(gzipSync('x'), `Content-Encoding: ${'gzip, '.repeat(900)}gzip`),
  '/large': page(Buffer.alloc(100_001)),
  '/endless': (socket) => {
    socket.write(head('200 OK'));
    const more = () => socket.writable && socket.write(Buffer.alloc(65_536), () => setImmediate(more));
    more();
  },
  '/large-head': head('200 OK', `X-Long: ${'x'.repeat(40_000)}`),
  '/drip': (socket) => {
    socket.write(head('200 OK', 'Content-Length: 1000'));
    const timer = setInterval(() => socket.write('.'), 50);
    socket.on('close', () => clearInterval(timer));
  },
  '/silent': () => undefined,
  '/hang-up': (socket) => socket.destroy(),
  '/short': `${head('200 OK', 'Content-Length: 50')}only this`,
  '/short-chunk': `${head('200 OK', 'Transfer-Encoding: chunked')}ff\r\nonly this`,
  '/noise': 'SSH-2.0-OpenSSH_9.2\r\n',
  '/moved': moved('/policy?v=1#top'),
  '/moved-absolute': moved('//localhost:PORT/policy?v=1'),
  '/moved-nowhere': head('302 Found', 'Content-Length: 0'),
  '/to-metadata': moved('http://169.254.169.254/latest/meta-data/'),
  '/to-private-name': moved('http://private.test/'),
  '/to-file': moved('file:///etc/passwd'),
  '/to-credentials': moved('http://user:secret@localhost/'),
  '/to-nonsense': moved('http://['),
  '/circle': moved('/circle-2'),
  '/circle-2': moved('/circle'),
  '/1': moved('/2'),
  '/2': moved('/3'),
  '/3': moved('/4'),
  '/4': moved('/5'),
  '/gone': `${head('404 Not Found', 'Content-Length: 4')}gone`,
};

let server: Server;
let source: string;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((socket) => {
    let request = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      request += chunk.toString();
      // A TLS handshake is answered as a plain server does.
      if (chunk[0] === 0x16) socket.end(head('400 Bad Request'));
      if (!request.endsWith('\r\n\r\n')) return;
      asked.push(request);
      const said = SAID[request.split(' ')[1]!] ?? head('500 Unexpected');
      if (typeof said === 'function') said(socket);
      else socket.end(typeof said === 'string' ? said.replace('PORT', source.split(':')[2]!) : said);
    });
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  source = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

async function failure(url: string, more: Partial<FetchOptions> = {}): Promise<CaptureFailure> {
  const outcome = await fetchExchanges(url, { ...options, ...more }).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(CaptureFailure);
  return outcome as CaptureFailure;
}

describe('an exchange', () => {
  test('holds what went over the wire, byte for byte', async () => {
    asked.length = 0;
    const [exchange, ...rest] = await fetchExchanges(`${source}/policy?v=1#section`, options);
    expect(rest).toEqual([]);
    expect(asked).toEqual([exchange!.requestHead]);
    expect(exchange!.requestHead).not.toMatch(/cookie|authorization|referer/i);
    expect(exchange!.response).toEqual(SAID['/policy?v=1']);
    expect(exchange).toMatchObject({
      url: `${source}/policy?v=1`,
      startedAt: options.now(),
      address: '127.0.0.1',
      statusLine: 'HTTP/1.1 200 OK',
      status: 200,
      body: Buffer.from('<p>Be kind.</p>'),
      tls: null,
    });
    expect(exchange!.rawHeaders.slice(2)).toEqual([['X-Odd', 'a'], ['x-odd', 'b'], ['Set-Cookie', 'id=1']]); // prettier-ignore
  });

  test('undoes transfer coding in the body alone, and content coding when asked', async () => {
    const [chunked] = await fetchExchanges(`${source}/chunked`, options);
    expect([chunked!.body.toString(), chunked!.response.toString()]).toEqual(['abcdefg', SAID['/chunked']]);
    const [packed] = await fetchExchanges(`${source}/gzip`, options);
    expect([packed!.body, decodedBody(packed!).toString()]).toEqual([gzipSync('unpacked'), 'unpacked']);
  });

  test('leaves interim responses out', async () => {
    const [hinted] = await fetchExchanges(`${source}/hints`, options);
    expect([hinted!.status, hinted!.response.toString()]).toEqual([200, `${head('200 OK', 'Content-Length: 2')}ok`]);
  });

  test('with an error is an exchange too', async () => {
    expect(await fetchExchanges(`${source}/gone`, options)).toMatchObject([{ status: 404, body: Buffer.from('gone') }]);
  });
});

describe('redirects', () => {
  test.each(['/moved', '/moved-absolute'])('%s is followed, without the cookie it set', async (path) => {
    asked.length = 0;
    const [first, second] = await fetchExchanges(`${source}${path}`, options);
    expect([first!.status, second!.status, asked.length]).toEqual([302, 200, 2]);
    expect(second!.url).toMatch(/\/policy\?v=1$/);
  });

  test('without a target are the end', async () => {
    expect(await fetchExchanges(`${source}/moved-nowhere`, options)).toHaveLength(1);
  });

  test.each([
    ['/to-metadata', 'address-refused', 1],
    ['/to-file', 'address-refused', 1],
    ['/to-credentials', 'address-refused', 1],
    ['/to-nonsense', 'redirect-refused', 1],
    ['/circle', 'redirect-loop', 2],
    ['/1', 'too-many-redirects', 4],
  ])('%s ends in %s, with what was seen', async (path, reason, seen) => {
    const failed = await failure(`${source}${path}`);
    expect([failed.reason, failed.exchanges.length]).toEqual([reason, seen]);
    expect(failed.message).not.toContain('secret');
  });

  test('to a name that leads into a private network are refused at the lookup', async () => {
    const { lookup } = addressGuard({ allow: 'public' });
    const guard = { refusalOf: options.guard.refusalOf, lookup: ((_name, rest, done) => lookup('localhost', rest, done)) as typeof lookup };
    expect(await failure(`${source}/to-private-name`, { guard })).toMatchObject({ reason: 'address-refused', transient: false });
  });
});

describe('limits', () => {
  test.each([
    ['/bomb', 'too-large'],
    ['/broken-gzip', 'malformed-response'],
    ['/odd-coding', 'malformed-response'],
    ['/many-codings', 'malformed-response'],
    ['/large', 'too-large'],
    ['/endless', 'too-large'],
    ['/large-head', 'too-large'],
    ['/drip', 'timeout'],
    ['/silent', 'timeout'],
    ['/hang-up', 'unreachable'],
    ['/short', 'truncated'],
    ['/short-chunk', 'truncated'],
    ['/noise', 'malformed-response'],
  ])('%s ends in %s', async (path, reason) => {
    const began = performance.now();
    expect((await failure(`${source}${path}`)).reason).toBe(reason);
    expect(performance.now() - began).toBeLessThan(options.limits.timeoutMs + 1000);
  });

  test('a body of exactly the limit is taken', async () => {
    const limits = { ...options.limits, maxBytes: 15 };
    expect(await fetchExchanges(`${source}/policy?v=1`, { ...options, limits })).toHaveLength(1);
    expect((await failure(`${source}/policy?v=1`, { limits: { ...limits, maxBytes: 14 } })).reason).toBe('too-large');
  });

  test('the deadline is one for all hops, and the caller may end it sooner', async () => {
    const signal = AbortSignal.timeout(100);
    expect(await failure(`${source}/drip`, { signal })).toMatchObject({ reason: 'canceled', transient: true });
  });

  test.each(['http://127.0.0.1:1/', 'not a url', 'http://10.0.0.1/', 'ftp://127.0.0.1/', 'http://u:p@127.0.0.1/'])(
    '%s is not fetched',
    async (url) => {
      const { reason, exchanges } = await failure(url);
      expect([['address-refused', 'unreachable'].includes(reason), exchanges]).toEqual([true, []]);
    },
  );
});

describeWithPeer('a source behind TLS', ['openssl'], 'apt-get install openssl', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-tls-'));
  const trusted = getCACertificates('default');
  let secure: HttpsServer;
  let address: string;
  beforeAll(async () => {
    const certificate = [
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-subj',
      '/O=Lab/CN=policy',
      '-addext',
      'subjectAltName=IP:127.0.0.1',
    ];
    execFileSync('openssl', ['req', ...certificate, '-keyout', 'key.pem', '-out', 'cert.pem'], { cwd: folder, stdio: 'pipe' });
    const [key, cert] = ['key.pem', 'cert.pem'].map((file) => readFileSync(join(folder, file), 'utf8'));
    secure = createHttpsServer({ key, cert }, (request, response) => {
      if (request.url === '/down') response.writeHead(301, { location: `${source}/policy?v=1` }).end();
      else response.end('secret wire');
    }).listen(0, '127.0.0.1');
    await new Promise((done) => secure.once('listening', done));
    address = `https://127.0.0.1:${(secure.address() as AddressInfo).port}`;
  });
  afterEach(() => setDefaultCACertificates(trusted));
  afterAll(() => {
    secure.close();
    rmSync(folder, { recursive: true });
  });
  const trustIt = () => setDefaultCACertificates([...trusted, readFileSync(join(folder, 'cert.pem'), 'utf8')]);

  test('is named by its certificate', async () => {
    trustIt();
    const [{ tls, response }] = (await fetchExchanges(`${address}/`, options)) as [Awaited<ReturnType<typeof fetchExchanges>>[0]];
    const printed = execFileSync('openssl', ['x509', '-in', 'cert.pem', '-noout', '-fingerprint', '-sha256'], { cwd: folder }).toString();
    expect(tls!.fingerprint256).toBe(printed.trim().split('=')[1]!.replaceAll(':', '').toLowerCase());
    expect(tls).toMatchObject({ subject: 'O=Lab, CN=policy', issuer: 'O=Lab, CN=policy', protocol: 'TLSv1.3' });
    expect(response.toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*secret wire/);
  });

  test('is refused where nobody vouches for it, or where it is not TLS at all', async () => {
    expect(await failure(`${address}/`)).toMatchObject({ reason: 'tls-refused' });
    expect(await failure(source.replace('http:', 'https:'))).toMatchObject({ reason: 'tls-refused' });
  });

  test('is never left for plain http', async () => {
    trustIt();
    const failed = await failure(`${address}/down`);
    expect([failed.reason, failed.exchanges.length]).toEqual(['redirect-refused', 1]);
  });
});
