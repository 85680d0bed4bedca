import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { WARCParser } from 'warcio';
import { addressGuard } from '../../../../apps/server/src/http/address-guard.js';
import { describeWithPeer } from '../../../../test/support/peers.js';
import type { Exchange } from '../fetch/exchange.js';
import { fetchExchanges } from '../fetch/fetch-exchanges.js';
import { writeWarc } from './write-warc.js';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'paddock-warc-'));
const html = '<title>Use</title><p>No \u{1F9EA} without consent.</p>';
let server: Server;
let source: string;
let exchanges: Exchange[];

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/moved') return void response.writeHead(302, { location: '/policy' }).end();
    // Two writes and no length: it comes in chunks.
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).write(html.slice(0, 20));
    response.end(html.slice(20));
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  source = `http://127.0.0.1:${(server.address() as AddressInfo).port}/moved`;
  const limits = { maxBytes: 10_000, timeoutMs: 5000, maxRedirects: 2 };
  exchanges = await fetchExchanges(source, { guard: addressGuard({ allow: 'loopback' }), limits, now: () => new Date() });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

const counted = () => {
  let n = 0;
  return () => `urn:uuid:00000000-0000-4000-8000-${String(++n).padStart(12, '0')}`;
};

interface ReadRecord {
  type: string;
  fields: Record<string, string>;
  block: Buffer;
  /** As a reader undoes transfer and content coding. */
  content: string;
}

/** What warcio's parser makes of a file. */
async function read(warc: Buffer): Promise<ReadRecord[]> {
  const records: ReadRecord[] = [];
  for await (const raw of new WARCParser([warc], { keepHeadersCase: true, parseHttp: false })) {
    records.push({
      type: raw.warcType!,
      fields: Object.fromEntries(raw.warcHeaders.headers),
      block: Buffer.from(await raw.readFully(false)),
      content: '',
    });
  }
  let index = 0;
  for await (const parsed of new WARCParser([warc])) records[index++]!.content = Buffer.from(await parsed.readFully(true)).toString();
  return records;
}

/** The digest of a record field, computed anew by the algorithm that it names. */
function digestLike(field: string, bytes: Buffer): string {
  const [algorithm, value] = field.split(':') as [string, string];
  const hash = createHash(algorithm).update(bytes);
  return `${algorithm}:${/^[0-9a-f]+$/.test(value) ? hash.digest('hex') : base32(hash.digest())}`;
}

function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five, 2)]).join('');
}

test('a reader finds every exchange as it went over the wire', async () => {
  const records = await read(await writeWarc(exchanges, { software: 'Paddock/0.1.0', ids: counted() }));
  expect(records.map(({ type }) => type)).toEqual(['warcinfo', 'request', 'response', 'request', 'response']);
  expect(records[0]!.block.toString()).toContain('software: Paddock/0.1.0\r\n');
  const [, askedFirst, saidFirst, asked, said] = records;
  expect([askedFirst!.block.toString(), asked!.block.toString()]).toEqual(exchanges.map(({ requestHead }) => requestHead));
  expect([saidFirst!.block, said!.block]).toEqual(exchanges.map(({ response }) => response));
  expect(said!.block.toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*transfer-encoding: chunked[^]*14\r\n/i);
  expect(said!.content).toBe(html);
  expect(said!.fields).toMatchObject({
    'WARC-Target-URI': source.replace('moved', 'policy'),
    'WARC-IP-Address': '127.0.0.1',
    'WARC-Date': exchanges[1]!.startedAt.toISOString(),
    'WARC-Payload-Digest': `sha256:${createHash('sha256').update(html).digest('hex')}`,
  });
  expect(asked!.fields['WARC-Concurrent-To']).toBe(said!.fields['WARC-Record-ID']);
  expect(new Set(records.map(({ fields }) => fields['WARC-Record-ID'])).size).toBe(5);
});

test('the same exchanges and ids give the same bytes, a record a gzip member', async () => {
  const [one, two] = [
    await writeWarc(exchanges, { software: 's', ids: counted() }),
    await writeWarc(exchanges, { software: 's', ids: counted() }),
  ];
  expect(one).toEqual(two);
  expect(one.subarray(0, 2).toString('hex')).toBe('1f8b');
  const file = join(folder, 'ours.warc.gz');
  writeFileSync(file, one);
  const { stdout } = await run(process.execPath, ['node_modules/warcio/dist/cli.js', 'index', file]);
  const offsets = stdout.trim().split('\n').map((line) => Number((JSON.parse(line) as { offset: string }).offset)); // prettier-ignore
  expect(offsets).toHaveLength(5);
  for (const offset of offsets) expect(one.subarray(offset, offset + 2).toString('hex')).toBe('1f8b');
});

test('the certificate of who answered is named', async () => {
  const tls = { fingerprint256: 'ab'.repeat(32), subject: 's', issuer: 'i', validFrom: '', validTo: '', protocol: 'TLSv1.3' };
  const records = await read(await writeWarc([{ ...exchanges[1]!, tls }], { software: 's', ids: () => `urn:uuid:${randomUUID()}` }));
  expect(records[2]!.fields['X-Certificate-SHA256']).toBe('ab'.repeat(32));
  expect(records[1]!.fields).not.toHaveProperty('X-Certificate-SHA256');
});

describeWithPeer('wget --warc-file', ['wget'], 'apt-get install wget', () => {
  test('writes the same records, and the same reader finds both whole', async () => {
    await run('wget', ['-q', '--warc-file=theirs', '--no-warc-keep-log', '-O', '/dev/null', source], { cwd: folder });
    const theirs = await read(readFileSync(join(folder, 'theirs.warc.gz')));
    const ours = await read(await writeWarc(exchanges, { software: 's', ids: counted() }));
    expect(theirs.slice(0, 5).map(({ type }) => type)).toEqual(ours.map(({ type }) => type));
    for (const [index, record] of ours.entries()) {
      const known = Object.keys(theirs[index]!.fields).filter((name) => !['WARC-Filename', 'WARC-Concurrent-To'].includes(name));
      expect(Object.keys(record.fields)).toEqual(expect.arrayContaining(known));
    }
    for (const { fields, block } of [...ours, ...theirs]) {
      expect(digestLike(fields['WARC-Block-Digest']!, block)).toBe(fields['WARC-Block-Digest']);
      expect(Number(fields['Content-Length'])).toBe(block.length);
    }
    expect(ours[4]!.content).toBe(theirs[4]!.content);
  });
});
