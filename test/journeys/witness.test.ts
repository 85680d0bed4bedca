import { noteSigner, formatVerifierKey, cosigner, parseNote, formatSignature } from '@paddock/ledger';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { until } from '../support/processes.js';
import { PublicLogReader } from '../support/public-log.js';
import { WitnessProcess } from '../support/witness.js';

const ORIGIN = 'log.example/ledger';
const SEED = 'a'.repeat(64);
const LOG = formatVerifierKey(noteSigner(ORIGIN, Buffer.from(SEED, 'hex')).key);

describe('a ledger with witnesses', () => {
  let folder: string;
  let database: TestDatabase;
  let portal: TestPortal;
  let witness: WitnessProcess;
  let hostile: HostileWitness;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-witnessed-'));
    database = await testDatabase();
    witness = await new WitnessProcess('witness.example/w1', join(folder, 'witness')).start(LOG);
    hostile = await HostileWitness.start();
    await start(database, 'portal');
  });
  afterAll(async () => {
    await portal.stop();
    await Promise.all([witness.remove(), hostile.stop(), database.drop()]);
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });

  const start = async (on: TestDatabase, name: string) => {
    portal = await startPortal({
      databaseUrl: on.serverUrl,
      dataDir: join(folder, name),
      env: {
        PADDOCK_DATABASE_OWNER_URL: on.ownerUrl,
        PADDOCK_LEDGER_ORIGIN: ORIGIN,
        PADDOCK_LEDGER_KEY: SEED,
        PADDOCK_SECRET: 'one secret for all of the folders',
        PADDOCK_OUTGOING_ALLOW_PRIVATE: 'true',
        PADDOCK_LEDGER_WITNESSES: JSON.stringify([witness, hostile].map(({ url, vkey }) => ({ url, vkey }))),
      },
    });
  };
  const log = () => new PublicLogReader(portal.url);
  const witnesses = async () => (await log().checkpoint()).signatures.slice(1).map(({ key }) => key.name);
  const cosigned = () =>
    until('the witness has cosigned', 30_000, async () => (await witnesses().catch((): string[] => [])).includes(witness.name));
  const accept = async (email: string) => (await portal.person(email)).accept('demo-llama-assent');

  test('shows which witnesses have cosigned its newest checkpoint', async () => {
    await cosigned();
    await accept('ada@example.org');
    await log().checkpointOf(9);
    await cosigned();
    expect(await witnesses()).toEqual([witness.name]);
    await log().expectWhole();
  });

  test('goes on while a witness is away, and proves the way it went when that one is back', async () => {
    await witness.stop('SIGKILL');
    await accept('away@example.org');
    await log().checkpointOf(11);
    expect(await witnesses()).toEqual([]);
    await witness.start(LOG);
    await cosigned();
  });

  test('ignores whatever a hostile witness answers, and says why', async () => {
    for (const [way, reason] of Object.entries(HOSTILE_WAYS)) {
      hostile.way = way;
      const before = portal.output().length;
      await until(`${way} is said`, 30_000, () => portal.output().slice(before).includes(reason));
    }
    expect(await witnesses()).toEqual([witness.name]);
    await accept('still@example.org');
    await log().checkpointOf(13);
  });

  test('is halted when database and store both come from an older backup', async () => {
    await cosigned();
    await portal.stop();
    const backup = await database.copy();
    cpSync(join(folder, 'portal'), join(folder, 'restored'), { recursive: true });
    await start(database, 'portal');
    await accept('later@example.org');
    await log().checkpointOf(15);
    await cosigned();
    await portal.stop();
    await start(backup, 'restored');
    await accept('after@example.org');
    await until('it is halted', 30_000, () => portal.output().includes('witness-ahead'));
    expect((await log().checkpoint()).size).toBe(13n);
    await portal.stop();
    await backup.drop();
    await start(database, 'portal');
  });
});

/** What it does, and a word of what the portal says of it. */
const HOSTILE_WAYS: Record<string, string> = {
  rubbish: 'These are no signature lines',
  'another key': 'no line is signed by its key',
  'broken signature': 'does not hold',
  'time ahead': 'its time lies ahead',
  'size that never was': 'it has seen size 999999',
  'size that is none': 'its 409 names no size',
  redirect: 'it answered 307',
  'endless body': 'These are no signature lines',
  'closed connection': 'other side closed',
};

class HostileWitness {
  way = 'rubbish';
  url = '';
  private readonly signer = cosigner('hostile.example/w2', new Uint8Array(32).fill(5), () => BigInt(Math.floor(Date.now() / 1000)));
  private readonly late = cosigner('hostile.example/w2', new Uint8Array(32).fill(5), () => BigInt(Math.floor(Date.now() / 1000)) + 86_400n);
  private readonly other = cosigner('other.example/w3', new Uint8Array(32).fill(6), () => 1n);
  readonly vkey = formatVerifierKey(this.signer.key);

  private constructor(private readonly server: Server) {}

  static start(): Promise<HostileWitness> {
    return new Promise((done) => {
      const witness: HostileWitness = new HostileWitness(
        createServer((request, response) => {
          let body = '';
          request.on('data', (chunk: Buffer) => (body += chunk.toString()));
          request.on('end', () => witness.answer(response, body));
        }),
      );
      witness.server.listen(0, '127.0.0.1', () => {
        witness.url = `http://127.0.0.1:${(witness.server.address() as AddressInfo).port}`;
        done(witness);
      });
    });
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(response: ServerResponse, body: string): void {
    if (body === '') return void response.writeHead(200).end('rubbish');
    const { text } = parseNote(body.slice(body.indexOf('\n\n') + 2));
    const broken = this.signer.sign(`${text}x`);
    const ways: Record<string, () => void> = {
      rubbish: () => response.writeHead(200).end('rubbish'),
      'another key': () => response.writeHead(200).end(formatSignature(this.other.sign(text))),
      'broken signature': () => response.writeHead(200).end(formatSignature(broken)),
      'time ahead': () => response.writeHead(200).end(formatSignature(this.late.sign(text))),
      'size that never was': () => response.writeHead(409).end('999999\n'),
      'size that is none': () => response.writeHead(409).end('-1\n'),
      redirect: () => response.writeHead(307, { location: 'http://169.254.169.254/' }).end(),
      'endless body': () => void response.writeHead(200).write('x\n'.repeat(40_000)),
      'closed connection': () => response.destroy(),
    };
    ways[this.way]!();
  }
}
