import { formatVerifierKey, noteSigner, verifyEvidence } from '@paddock/ledger';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPaddock } from '../support/command-line.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { Person, type Answer } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { until } from '../support/processes.js';
import { WitnessProcess } from '../support/witness.js';

const ORIGIN = 'log.example/ledger';
const SEED = 'c'.repeat(64);
const LOG = formatVerifierKey(noteSigner(ORIGIN, Buffer.from(SEED, 'hex')).key);

describe('the evidence of an acceptance', () => {
  let folder: string;
  let database: TestDatabase;
  let witness: WitnessProcess;
  let portal: TestPortal;
  let ada: Person;
  let acceptance: string;
  let file: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-evidence-'));
    file = join(folder, 'evidence.json');
    database = await testDatabase();
    witness = await new WitnessProcess('witness.example/w1', join(folder, 'witness')).start(LOG);
    await start();
    ada = await portal.person('ada@example.org');
    await ada.accept('demo-llama-assent');
    const [row] = await database.query<{ id: string }>('SELECT id FROM acceptance');
    acceptance = row!.id;
  });
  afterAll(async () => {
    await portal.stop();
    await Promise.all([witness.remove(), database.drop()]);
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });

  const start = async () => {
    portal = await startPortal({
      databaseUrl: database.serverUrl,
      dataDir: join(folder, 'portal'),
      env: {
        PADDOCK_DATABASE_OWNER_URL: database.ownerUrl,
        PADDOCK_LEDGER_ORIGIN: ORIGIN,
        PADDOCK_LEDGER_KEY: SEED,
        PADDOCK_OUTGOING_ALLOW_PRIVATE: 'true',
        PADDOCK_LEDGER_WITNESSES: JSON.stringify([{ url: witness.url, vkey: witness.vkey }]),
      },
    });
  };
  const evidence = (who: Person): Promise<Answer> => who.get(`/acceptances/${acceptance}/evidence.json`);
  const verify = (...options: string[]) => runPaddock('http://127.0.0.1:1', undefined, 'verify', file, ...options);

  test('is handed out once a checkpoint covers it, and says until then when to come back', async () => {
    const first = await evidence(ada);
    if (first.status !== 200) expectPending(first);
    await until('a cosigned checkpoint covers it', 30_000, async () => {
      const answer = await evidence(ada);
      writeFileSync(file, answer.text);
      return answer.status === 200 && answer.text.includes('witness.example/w1 ');
    });
    expect(verifyEvidence(readFileSync(file), { trustedKeys: [LOG, witness.vkey] }).map(({ state }) => state)).toEqual(Array(9).fill('ok'));
  });

  test('is for its signer and for staff of the model alone', async () => {
    expect((await evidence(await portal.admin())).status).toBe(200);
    expect((await evidence(await ada.withToken(['read']))).status).toBe(200);
    expect((await evidence(await portal.person('eve@example.org'))).status).toBe(404);
    expect((await evidence(await ada.withToken(['download']))).status).toBe(403);
    expect((await evidence(new Person(portal.url))).status).toBe(401);
    expect((await ada.get('/acceptances/nonsense/evidence.json')).status).toBe(400);
    const events = await database.query(`SELECT actor_id FROM event WHERE kind = 'evidence-read' AND subject_id = $1`, [acceptance]);
    expect(events.length).toBeGreaterThanOrEqual(3);
  });

  test('holds without the portal; with one byte changed it does not', async () => {
    await portal.stop();
    await witness.stop();
    const whole = await verify('--key', LOG, witness.vkey);
    expect(whole).toMatchObject({ code: 0, stderr: '' });
    expect(whole.stdout).toContain('identity    It was accepted as "Ada Lovelace"');
    expect(whole.stdout).toMatch(/witnesses +The checkpoint was cosigned by witness\.example\/w1 at /);
    expect(whole.stdout.split('\n')).toHaveLength(11);
    expect(await verify()).toMatchObject({ code: 0, stdout: expect.stringContaining('open   keys') });

    const bytes = readFileSync(file);
    writeFileSync(file, bytes.toString().replace('Ada Lovelace', 'Eve Lovelace'));
    expect(await verify('--key', LOG)).toMatchObject({ code: 1, stdout: expect.stringContaining('FAILED identity') });
    writeFileSync(file, bytes.subarray(0, -1));
    expect(await verify('--key', LOG)).toMatchObject({ code: 1, stdout: expect.stringContaining('FAILED form') });
  });

  test('once the person is erased, it still proves the entry, and says that nobody can tell whose', async () => {
    await database.query('DELETE FROM ledger_salt WHERE entry_id IN (SELECT id FROM ledger_entry WHERE subject_id = $1)', [acceptance]);
    await witness.start(LOG);
    await start();
    writeFileSync(file, (await evidence(await portal.admin())).text);
    const erased = await verify('--key', LOG, witness.vkey);
    expect(erased.code).toBe(0);
    expect(erased.stdout).toContain('ok     inclusion');
    expect(erased.stdout).toContain('open   identity    Personal data and salt were erased');
    expect(erased.stdout).not.toContain('Lovelace');
  });

  test('a file that is not there is said to be so', async () => {
    expect(await runPaddock('http://127.0.0.1:1', undefined, 'verify', join(folder, 'none'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cannot read'),
    });
  });
});

function expectPending({ status, headers, body }: Answer): void {
  expect([status, headers.get('retry-after'), body['code']]).toEqual([409, '1', 'evidence-pending']);
}
