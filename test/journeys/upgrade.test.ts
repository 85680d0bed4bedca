import { jest } from '@jest/globals';
import { MIGRATIONS } from '@paddock/migrations';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { migrate } from '../../apps/server/src/database/migrate.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { freePort } from '../support/free-port.js';
import { describeWithPeer } from '../support/peers.js';
import type { Person } from '../support/person.js';
import { launchServer, startPortal, type TestPortal } from '../support/portal.js';
import { buildPrevious, commitBefore } from '../support/previous-version.js';

const NEWEST = MIGRATIONS.at(-1)!.name;
const FILE = readdirSync(resolve(import.meta.dirname, '../../migrations/src')).find((name) => name.startsWith(/\d{13}$/.exec(NEWEST)![0]))!;
const COMMIT = commitBefore(FILE);
const MODEL = 'demo-llama-assent';

/** Of a machine that has much else to do. */
jest.setTimeout(240_000);

/** One story: the version before runs, the newest migration fails, then is made, and both versions serve side by side. */
describeWithPeer(
  'an upgrade from the version before the newest migration',
  COMMIT === undefined ? ['that version in the history of this checkout'] : ['git', 'tar'],
  'git fetch --unshallow',
  () => {
    let folder: string;
    let database: TestDatabase;
    let ports: number[];
    let previous: TestPortal;
    let current: TestPortal | undefined;
    let ada: Person;
    let grant: string;

    const env = (n: number) => ({
      PADDOCK_DATABASE_OWNER_URL: database.ownerUrl,
      PADDOCK_PUBLIC_URL: `http://127.0.0.1:${ports[0]}`,
      PADDOCK_PORT: String(ports[n]),
    });
    const place = () => ({ databaseUrl: database.serverUrl, dataDir: join(folder, 'data') });
    const schema = () =>
      database.query(`
        SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS thing FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT name FROM migrations ORDER BY 1`);
    const at = (n: number, person: Person) => person.at(`http://127.0.0.1:${ports[n]}`);
    const origin = () => ({ origin: `http://127.0.0.1:${ports[0]}` });
    const linkBy = async (n: number) => {
      const answer = await at(n, ada).post<{ artifacts: { path: string; url: string }[] }>(
        `/grants/${grant}/links`,
        { release: 'tiny-f32' },
        origin(),
      );
      return answer.body.artifacts[0]!.url;
    };
    const opensAt = async (n: number, url: string) => (await fetch(url.replace(`:${ports[0]}/`, `:${ports[n]}/`))).status;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'paddock-upgrade-'));
      for (const name of ['previous', 'data']) mkdirSync(join(folder, name));
      [database, ports] = [await testDatabase(), [await freePort(), await freePort()]];
      const main = await buildPrevious(COMMIT!, join(folder, 'previous'));
      await database.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
      await migrate(database.ownerUrl, database.serverUrl, MIGRATIONS.slice(0, -1));
      previous = await startPortal({ ...place(), env: env(0), main });
      ada = await previous.person('ada@example.org');
      grant = await ada.accept(MODEL);
    });
    afterAll(async () => {
      await Promise.all([previous, current].map((portal) => portal?.stop('SIGKILL')));
      await database.drop();
      rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
    });

    test('a migration that fails leaves nothing of it, and the version before goes on', async () => {
      const before = await schema();
      // Of the newest one all statements are made before it fails: it is entered last.
      await database.query(`
        CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the disk of a test is full'; END $$;
        CREATE TRIGGER break_off BEFORE INSERT ON migrations FOR EACH ROW WHEN (new.name = '${NEWEST}') EXECUTE FUNCTION break_off()`);
      const next = launchServer({ ...place(), env: env(1) });
      const meanwhile: number[] = [];
      const over = next.ended.then(() => true);
      while (!(await Promise.race([over, ada.get('/me').then(({ status }) => meanwhile.push(status) < 0)])));
      expect([await next.ended, next.output()]).toEqual([1, expect.stringContaining('the disk of a test is full')]);
      expect(new Set(meanwhile)).toEqual(new Set([200]));
      expect(await schema()).toEqual(before);
      expect(await opensAt(0, await linkBy(0))).toBe(200);
      await (await previous.person('bob@example.org')).accept(MODEL);
      await database.query('DROP TRIGGER break_off ON migrations; DROP FUNCTION break_off');
    });

    test('made at last, it leaves the version before at work beside the new one: each opens what the other gave', async () => {
      const before = await linkBy(0);
      current = await startPortal({ ...place(), env: env(1) });
      expect(current.output()).toContain(NEWEST);
      for (const n of [0, 1]) {
        expect([n, await opensAt(n, before)]).toEqual([n, 200]);
        for (const by of [0, 1]) expect([n, by, await opensAt(n, await linkBy(by))]).toEqual([n, by, 200]);
        expect((await at(n, ada).get('/me')).status).toBe(200);
      }
      const carl = await previous.person('carl@example.org');
      await carl.accept(MODEL);
      expect((await at(1, carl).get('/me/export')).text).toContain('"typedName":"Ada Lovelace"');
      // The new one may be given up again: what the version before needs is still there.
      await current.stop();
      current = undefined;
      await (await previous.person('dora@example.org')).accept(MODEL);
    });
  },
);
