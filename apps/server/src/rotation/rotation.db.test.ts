import { jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { startPaddock } from '../../../../test/support/command-line.js';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { until } from '../../../../test/support/processes.js';
import { serverOptions } from '../database/connection.js';
import { KeyRing } from '../keyring/key-ring.js';
import { openColumn, sealColumn } from '../http/keys.js';
import { PortalSecret } from '../keyring/portal-secrets.js';
import { PURPOSES } from '../keyring/purposes.js';
import { EventLog } from '../ledger/event-log.js';
import { endKeys } from './key-endings.js';
import { resealSome } from './resealing.js';
import { rotateRingKey, sealUnder } from './ring-rotation.js';
import { rotateSecret } from './secret-rotation.js';

const PEOPLE = 1100;
const LOCK = 4711;

/** Commands are processes that start, on a machine that may have much else to do. */
jest.setTimeout(120_000);

describe('keys that are rotated', () => {
  let database: TestDatabase;
  let source: DataSource;
  let dataDir: string;
  let rings: KeyRing[];
  /** Of each person, in clear. */
  let people: Map<string, Buffer>;

  const settings = () => ({ dataDir, PADDOCK_SECRET: undefined, PADDOCK_PREVIOUS_SECRET: undefined, PADDOCK_SESSION_HOURS: 1 });
  const ring = async (more = {}) => {
    const opened = await KeyRing.open(database.serverUrl, { ...settings(), ...more });
    rings.push(opened);
    return opened;
  };
  const rotate = (name: 'links' | 'person-keys' | 'sessions', immediately = false) =>
    source.transaction((tx) => rotateRingKey(tx, settings(), name, immediately));
  const env = () => ({
    PADDOCK_DATABASE_URL: database.serverUrl,
    PADDOCK_DATABASE_OWNER_URL: database.ownerUrl,
    PADDOCK_DATA_DIR: dataDir,
  });
  const command = (...args: string[]) => startPaddock('http://127.0.0.1:1', undefined, ['keys', ...args], env());
  const sealedUnder = async (n: number) =>
    (await database.query<{ n: number }>('SELECT count(*)::int AS n FROM person_key WHERE key_n = $1', [n]))[0]!.n;
  const everybodyOpens = async (keys: KeyRing) => {
    const rows = await database.query<{ id: string; wrapped: Buffer; n: number }>(
      'SELECT account_id AS id, wrapped_key AS wrapped, key_n AS n FROM person_key',
    );
    const opened = rows.map(async ({ id, wrapped, n }) => {
      const { key } = await keys.generation('person-keys', n);
      return openColumn(key, wrapped, id).equals(people.get(id)!);
    });
    expect((await Promise.all(opened)).filter(Boolean)).toHaveLength(PEOPLE);
  };

  beforeAll(async () => {
    database = await testDatabase();
    source = await new DataSource(serverOptions(database.serverUrl, 3)).initialize();
    dataDir = mkdtempSync(join(tmpdir(), 'paddock-keys-'));
    rings = [];
    writeFileSync(join(dataDir, 'secret'), randomBytes(32).toString('hex'), { mode: 0o600 });
    // As before keys had generations: the keys of people are there first.
    const first = new PortalSecret(readFileSync(join(dataDir, 'secret'), 'utf8')).first('person-keys');
    const accounts = await database.query<{ id: string }>(
      'INSERT INTO account (id) SELECT gen_random_uuid() FROM generate_series(1, $1) RETURNING id',
      [PEOPLE],
    );
    people = new Map(accounts.map(({ id }) => [id, randomBytes(32)]));
    await database.query('INSERT INTO person_key (account_id, wrapped_key) SELECT * FROM unnest($1::uuid[], $2::bytea[])', [
      [...people.keys()],
      [...people].map(([id, key]) => sealColumn(first, key, id)),
    ]);
  });
  afterAll(async () => {
    for (const one of rings) await one.close();
    await source.destroy();
    await database.drop();
    rmSync(dataDir, { recursive: true });
  });

  test('are those of before at first, and nobody begins with another secret', async () => {
    await expect(ring({ PADDOCK_SECRET: 'another secret, which opens nothing of this portal' })).rejects.toThrow(
      'PADDOCK_SECRET does not open',
    );
    await everybodyOpens(await ring());
    await expect(ring({ PADDOCK_SECRET: 'another secret, which opens nothing of this portal' })).rejects.toThrow(
      'PADDOCK_SECRET opens none',
    );
  });

  test('follow from no secret in a portal that begins now, and are the same for all who begin together', async () => {
    const fresh = await testDatabase();
    const text = 'a secret from which nothing follows';
    const own = { ...settings(), PADDOCK_SECRET: text };
    const [one, other] = await Promise.all([KeyRing.open(fresh.serverUrl, own), KeyRing.open(fresh.serverUrl, own)]);
    for (const purpose of PURPOSES) {
      expect(one.current(purpose)).toEqual(other.current(purpose));
      expect(one.current(purpose).key).not.toEqual(new PortalSecret(text).first(purpose));
    }
    await Promise.all([one.close(), other.close()]);
    await fresh.drop();
  });

  test('are taken by whoever had read the ones before, the former for its time', async () => {
    const [one, other] = [await ring(), await ring()];
    await rotate('links');
    await one.refresh();
    expect(await other.generation('links', 2)).toEqual(one.current('links'));
    expect(other.all('links').map(({ n }) => n)).toEqual([2, 1]);
    await Promise.all([rotate('links'), rotate('links')]);
    await rotate('links', true);
    await other.refresh();
    expect(other.all('links').map(({ n }) => n)).toEqual([5]);
  });

  test('of people are sealed anew by batches; who is killed between two has lost nothing, and another goes on', async () => {
    const keys = await ring();
    const [last] = await database.query<{ id: string }>('SELECT account_id AS id FROM person_key ORDER BY account_id DESC LIMIT 1');
    await database.query(`
      CREATE FUNCTION wait_here() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared(${LOCK}); RETURN new; END $$;
      CREATE TRIGGER wait_here BEFORE UPDATE ON person_key FOR EACH ROW WHEN (old.account_id = '${last!.id}') EXECUTE FUNCTION wait_here()`);
    await database.query(`SELECT pg_advisory_lock(${LOCK})`);
    const rotating = command('rotate', 'person-keys');
    await until('the last batch is under way', 30_000, async () => {
      const [row] = await database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND objid = ${LOCK} AND NOT granted`,
      );
      return row!.n === 1;
    });
    rotating.process.kill('SIGKILL');
    await rotating.ended;
    await database.query(`SELECT pg_advisory_unlock(${LOCK})`);
    await until('its transaction is over', 30_000, async () => {
      const rows = await database.query(
        `SELECT FROM pg_locks WHERE locktype = 'relation' AND relation = 'person_key'::regclass AND pid <> pg_backend_pid()`,
      );
      return rows.length === 0;
    });
    expect([await sealedUnder(1), await sealedUnder(2)]).toEqual([100, 1000]);
    await everybodyOpens(keys);
    // The key is not destroyed while something is under it, however old it is.
    await database.query(`UPDATE portal_key SET created_at = now() - interval '1 day' WHERE purpose = 'person-keys'`);
    const events = new EventLog(source);
    expect(await endKeys(source, events)).toBe(0);
    await Promise.all([resealSome(source, keys), resealSome(source, keys)]);
    expect([await sealedUnder(1), await sealedUnder(2)]).toEqual([0, PEOPLE]);
    expect(await endKeys(source, events)).toBe(1);
    const fresh = await ring();
    await everybodyOpens(fresh);
    expect(fresh.all('person-keys').map(({ n }) => n)).toEqual([2]);
    // Who had not heard of it seals under the new one all the same.
    expect((await source.transaction((tx) => rings[0]!.toSeal(tx, 'person-keys'))).n).toBe(2);
  });

  test('are under a new secret at once, also when who changes it is killed before its file has its place', async () => {
    const running = await ring();
    const before = readFileSync(join(dataDir, 'secret'), 'utf8');
    await expect(
      rotateSecret(source, settings(), async () => {
        throw new Error('killed before the end');
      }),
    ).rejects.toThrow('killed');
    await everybodyOpens(await ring());
    // Killed after the commit: the keys are under the next secret, and the file is not renamed.
    const next = new PortalSecret(readFileSync(join(dataDir, 'next-secret'), 'utf8'));
    await source.transaction((tx) => sealUnder(tx, settings(), next));
    await everybodyOpens(await ring());
    expect(await command('rotate', 'secret').ended).toMatchObject({ code: 0 });
    expect(existsSync(join(dataDir, 'next-secret'))).toBe(false);
    expect(readFileSync(join(dataDir, 'secret'), 'utf8')).not.toBe(before);
    // A server that runs since before takes what is made after.
    await rotate('links');
    await running.refresh();
    expect(running.current('links').n).toBe(6);
    await everybodyOpens(await ring());
    await expect(ring({ PADDOCK_SECRET: before })).rejects.toThrow('PADDOCK_SECRET opens none');
  });

  test('are listed without being shown, and what is wrong is refused', async () => {
    const listed = await command('list').ended;
    expect(listed).toMatchObject({ code: 0, stdout: expect.stringContaining('person-keys  2-') });
    const keys = await ring();
    for (const purpose of PURPOSES)
      for (const { key } of keys.all(purpose))
        for (const form of ['hex', 'base64', 'base64url'] as const) expect(listed.stdout).not.toContain(key.toString(form));
    expect(await command('rotate', 'person-keys', '--immediately').ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not-at-once'),
    });
    const kinds = await database.query<{ kind: string; detail: object }>(
      `SELECT kind, detail FROM event WHERE kind LIKE 'key-%' ORDER BY at`,
    );
    expect(kinds).toEqual([
      { kind: 'key-rotated', detail: { key: 'person-keys', immediately: false } },
      { kind: 'key-ended', detail: { purpose: 'person-keys', generation: 1 } },
      { kind: 'key-rotated', detail: { key: 'secret', immediately: false } },
    ]);
  });
});
