import { jest } from '@jest/globals';
import { formatVerifierKey, noteSigner, sha256Hex, type VerifiedCheckpoint } from '@paddock/ledger';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPaddock, type Ran } from '../support/command-line.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { PASSWORD, Person } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { accountOf, columnsWith, erase, untilErasure } from '../support/privacy.js';
import { until } from '../support/processes.js';
import { PublicLogReader } from '../support/public-log.js';
import { WitnessProcess } from '../support/witness.js';

const ORIGIN = 'log.example/ledger';
const SUCCESSOR = 'log.example/ledger-2';
const SEED = 'a'.repeat(64);
const LOG = formatVerifierKey(noteSigner(ORIGIN, Buffer.from(SEED, 'hex')).key);
const MODEL = 'demo-llama-assent';

/** One story: a portal is backed up while it is used, somebody is erased after that, and the machine is lost. */
jest.setTimeout(180_000);

describe('a portal that is backed up and lost', () => {
  let folder: string;
  let witness: WitnessProcess;
  let lost: TestDatabase;
  let elsewhere: TestDatabase;
  let portal: TestPortal;
  let backup: string;
  let acceptance: string;
  let gone: string;
  let last: VerifiedCheckpoint;

  const place = (name: string) => join(folder, name);
  const settings = (on: TestDatabase, origin: string | undefined = ORIGIN) => ({
    PADDOCK_DATABASE_OWNER_URL: on.ownerUrl,
    ...(origin && { PADDOCK_LEDGER_ORIGIN: origin }),
    PADDOCK_OUTGOING_ALLOW_PRIVATE: 'true',
    PADDOCK_LEDGER_WITNESSES: JSON.stringify([{ url: witness.url, vkey: witness.vkey }]),
  });
  const start = async (on: TestDatabase, name: string, origin?: string) => {
    await portal?.stop();
    portal = await startPortal({ databaseUrl: on.serverUrl, dataDir: place(name), env: settings(on, origin) });
  };
  const paddock = (on: TestDatabase, name: string, ...args: string[]): Promise<Ran> =>
    startPaddock('http://127.0.0.1:1', undefined, args, {
      ...settings(on, args.includes('--new-origin') ? '' : ORIGIN),
      PADDOCK_DATABASE_URL: on.serverUrl,
      PADDOCK_DATA_DIR: place(name),
    }).ended;
  const log = () => new PublicLogReader(portal.url);
  const verified = async (staff: Person, id: string): Promise<Ran> => {
    writeFileSync(place(`${id}.json`), (await staff.get(`/acceptances/${id}/evidence.json`)).text);
    return startPaddock('http://127.0.0.1:1', undefined, ['verify', place(`${id}.json`)]).ended;
  };
  const entries = async (on: TestDatabase) => (await on.query<{ n: number }>('SELECT count(*)::int AS n FROM ledger_entry'))[0]!.n;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-drill-'));
    [lost, elsewhere] = await Promise.all([testDatabase(), testDatabase()]);
    witness = await new WitnessProcess('witness.example/w1', place('witness')).start(LOG);
    mkdirSync(place('lost'));
    writeFileSync(join(place('lost'), 'ledger-key'), SEED, { mode: 0o600 });
    await start(lost, 'lost');
  });
  afterAll(async () => {
    await portal.stop();
    await witness.remove();
    await Promise.all([lost.drop(), elsewhere.drop()]);
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });

  test('is backed up under load', async () => {
    const ada = await portal.person('ada@example.org');
    await ada.accept(MODEL);
    await (await portal.person('gone@example.org', 'Zenobia Quist')).accept(MODEL);
    const ofAda = await lost.query<{ id: string }>('SELECT id FROM acceptance WHERE signer_id = $1', [
      await accountOf(lost, 'ada@example.org'),
    ]);
    [acceptance, gone] = [ofAda[0]!.id, await accountOf(lost, 'gone@example.org')];
    const over = new AbortController();
    let declined = 0;
    const load = Array.from({ length: 4 }, async (_, n) => {
      for (const person = await portal.person(`load-${n}@example.org`); !over.signal.aborted; declined += 1) {
        const { body } = await person.post<{ id: string }>('/presentations', { model: MODEL });
        expect((await person.post('/acceptances', { presentation: body.id, declined: true })).status).toBe(201);
      }
    });
    await until('there is load', 30_000, () => declined >= 4);
    const taken = await paddock(lost, 'lost', 'backup', place('backups'), '--with-objects');
    over.abort();
    await Promise.all(load);
    expect(taken).toMatchObject({ code: 0, stderr: expect.stringContaining('in clear') });
    backup = taken.stdout.trim();
    expect(statSync(join(backup, 'keys/secret')).mode & 0o777).toBe(0o600);
    expect(filesOf(backup).filter((file) => statSync(file).mode & 0o077)).toEqual([]);
  });

  test('goes on: somebody is erased, and the witness sees a checkpoint that the backup has not', async () => {
    const zenobia = await new Person(portal.url).signIn('gone@example.org', PASSWORD);
    expect((await erase(zenobia)).status).toBe(200);
    await (await portal.person('later@example.org')).accept(MODEL);
    last = await log().checkpointOf(await entries(lost), 20_000);
    await until('the witness has seen it', 30_000, async () => (await log().checkpoint()).signatures.length === 2);
    await until(
      'the erasure is listed',
      5000,
      async () => (await lost.query('SELECT FROM erasure WHERE listed_at IS NOT NULL')).length === 1,
    );
    expect(await paddock(lost, 'lost', 'backup', place('backups'), '--erasures-only')).toMatchObject({ code: 0 });
    expect(readdirSync(join(place('backups'), 'erasures'))).toEqual([`${gone}.json`]);
    await portal.stop();
  });

  test('is not restored over a portal, from a damaged backup, from a later version, or without its secret', async () => {
    const restore = (name: string, from: string, on = elsewhere) => paddock(on, name, 'restore', from);
    expect(await restore('lost', backup, lost)).toMatchObject({ code: 1, stderr: expect.stringContaining('target-not-empty') });
    const copy = place('copy');
    for (const [file, change, code] of [
      ['database/event.zst', flipped, 'damaged-backup'],
      ['objects/ledger/checkpoint', flipped, 'damaged-backup'],
      ['manifest.json', withMigration, 'newer-schema'],
      ['person-keys.zst', undefined, 'no-person-keys'],
    ] as const) {
      rmSync(copy, { recursive: true, force: true });
      cpSync(backup, copy, { recursive: true });
      if (change) writeFileSync(join(copy, file), change(readFileSync(join(copy, file))));
      else rmSync(join(copy, file));
      if (change === withMigration) writeFileSync(join(copy, 'manifest.sha256'), sha256Hex(readFileSync(join(copy, file))));
      const refused = await restore('nowhere', copy);
      expect([file, refused.code, refused.stderr]).toEqual([file, 1, expect.stringContaining(code)]);
    }
    expect(await entries(elsewhere)).toBe(0);
    expect(filesOf(place('nowhere'))).toEqual([]);
  });

  test('is restored elsewhere: the ledger is whole, and older than what the witness has seen', async () => {
    const restored = await paddock(elsewhere, 'elsewhere', 'restore', place('backups'));
    expect(restored).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(`the witness ${witness.name} has seen ${last.size} entries`),
    });
    expect(restored.stderr).toContain('1 erasures are new to the store');
    await start(elsewhere, 'elsewhere');
    await until('the ledger is halted', 30_000, async () =>
      (await (await fetch(`${portal.url}/health/ready`)).text()).includes('"impaired":{"ledger":"witness-ahead"}'),
    );
    expect(await paddock(elsewhere, 'elsewhere', 'ledger', 'check')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('is whole'),
    });
  });

  test('signs in and downloads there; who was erased after the backup stays erased', async () => {
    const ada = await new Person(portal.url).signIn('ada@example.org', PASSWORD);
    const grants = await ada.get<{ items: { id: string }[] }>('/grants');
    const { artifacts } = await ada.links(grants.body.items[0]!.id, { release: await releaseOf(ada) });
    const [first] = artifacts;
    expect(sha256Hex(new Uint8Array(await (await fetch(first!.url)).arrayBuffer()))).toBe(first!.sha256);
    expect((await new Person(portal.url).post('/session', { email: 'gone@example.org', password: PASSWORD })).status).toBe(401);
    await untilErasure(elsewhere, gone, 'minimum-kept');
    expect(await columnsWith(elsewhere, ['gone@example.org', 'Zenobia', 'Quist'])).toEqual([]);
    await portal.stop();
  });

  test('opens a new log there, which says what is lost, and goes on', async () => {
    const recover = (...args: string[]) => paddock(elsewhere, 'elsewhere', 'ledger', 'recover', ...args);
    expect(await recover()).toMatchObject({ code: 1, stderr: expect.stringContaining('entries-lost') });
    const [{ size: kept }] = (await elsewhere.query<{ size: string }>('SELECT max(size) AS size FROM checkpoint')) as [{ size: string }];
    const sentence = `${SUCCESSOR} goes on in place of ${ORIGIN}`;
    const gap = `its entries ${kept} to ${last.size - 1n} are not in this log`;
    const opened = await recover('--new-origin', SUCCESSOR);
    expect(opened).toMatchObject({ code: 0, stdout: expect.stringContaining(sentence) });
    expect(opened.stdout).toContain(gap);
    await start(elsewhere, 'elsewhere', SUCCESSOR);
    await (await portal.person('after@example.org')).accept(MODEL);
    const goneOn = await log().checkpointOf(await entries(elsewhere));
    expect(goneOn.origin).toBe(SUCCESSOR);
    await log().expectWhole();
    const check = await paddock(elsewhere, 'elsewhere', 'ledger', 'check');
    expect(check).toMatchObject({ code: 0, stdout: expect.stringContaining('is whole') });
    expect(check.stdout).toContain(`entry ${kept}: ${sentence}`);
    const publicly = await startPaddock(portal.url, undefined, ['ledger', 'check', '--public']).ended;
    expect(publicly).toMatchObject({ code: 0, stdout: expect.stringContaining(gap) });
    const staff = await portal.admin();
    const [newest] = await elsewhere.query<{ id: string }>('SELECT id FROM acceptance ORDER BY id DESC LIMIT 1');
    const [ofAda, ofNewest] = await Promise.all([acceptance, newest!.id].map((id) => verified(staff, id)));
    expect(ofAda).toMatchObject({ code: 0, stdout: expect.stringContaining('accepted as "Ada Lovelace"') });
    expect(ofNewest).toMatchObject({ code: 0, stdout: expect.stringMatching(new RegExp(`ok +succession +${SUCCESSOR}.*${gap}`)) });
    await portal.stop();
  });

  test('where the store has survived, the ledger is rolled forward and goes on under its name; without person keys nobody is told', async () => {
    const again = await testDatabase();
    try {
      const restored = await paddock(again, 'lost', 'restore', backup, '--without-objects', '--without-person-keys');
      expect(restored).toMatchObject({ code: 0, stderr: expect.stringContaining('the ledger goes on where it was') });
      expect(restored.stderr).toMatch(/the store knew [1-9]\d* entries/);
      await start(again, 'lost');
      await (await portal.person('after@example.org')).accept(MODEL);
      const goneOn = await log().checkpointOf(Number(last.size) + 2);
      expect(goneOn.origin).toBe(ORIGIN);
      await log().expectWhole(last);
      expect(await paddock(again, 'lost', 'ledger', 'check')).toMatchObject({ code: 0 });
      const unsealed = await again.query(
        `SELECT FROM sealed_record s WHERE (erased_at IS NULL) <> EXISTS (SELECT FROM person_key WHERE account_id = s.account_id)`,
      );
      expect(unsealed).toEqual([]);
      const told = await verified(await portal.admin(), acceptance);
      expect(told).toMatchObject({ code: 0, stdout: expect.stringContaining('can no longer be told by anybody') });
    } finally {
      await portal.stop();
      await again.drop();
    }
  });
});

const flipped = (bytes: Buffer) => Buffer.from(bytes.map((byte, n) => (n === bytes.length >> 1 ? byte ^ 1 : byte)));

function withMigration(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString().replace('"migrations":[', '"migrations":["Later1999999999999",'));
}

function filesOf(folder: string): string[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function releaseOf(person: Person): Promise<string> {
  const { body } = await person.get<{ releases: { name: string }[] }>(`/models/${MODEL}`);
  return body.releases[0]!.name;
}
