import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { freePort } from '../support/free-port.js';
import type { Person } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { until } from '../support/processes.js';
import { accountOf, columnsWith, erase, untilErasure } from '../support/privacy.js';

const CYCLES = 5;
/** Each cycle starts a server anew. */
const LONG_MS = 180_000;

describe('an erasure that something comes in between', () => {
  let folder: string;
  let database: TestDatabase;
  let portal: TestPortal;
  let port: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-erasure-faults-'));
    database = await testDatabase();
    port = String(await freePort());
    portal = await start();
  });
  afterAll(async () => {
    await portal.stop('SIGKILL');
    await database.drop();
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });

  const start = (env: Record<string, string> = {}, on: TestDatabase = database) =>
    startPortal({
      databaseUrl: on.serverUrl,
      dataDir: join(folder, 'portal'),
      env: { PADDOCK_DATABASE_OWNER_URL: on.ownerUrl, PADDOCK_PORT: port, ...env },
    });

  test(
    'kill -9 at any moment: either nothing was asked for, or all of it is carried out',
    async () => {
      const people = await Promise.all(
        Array.from({ length: CYCLES }, (_, n) => accepting(`kill-${n}@unlucky.example`, `Unlucky Person ${n}`)),
      );
      const accounts: string[] = [];
      for (const { email } of people) accounts.push(await accountOf(database, email));
      const acknowledged: string[] = [];
      for (const [n, { person }] of people.entries()) {
        const answer = erase(person).catch(() => undefined);
        await setTimeout(n * 40);
        await portal.stop('SIGKILL');
        if ((await answer)?.status === 200) acknowledged.push(accounts[n]!);
        portal = await start();
      }
      const begun = await database.query<{ account_id: string }>('SELECT account_id FROM erasure');
      const ids = begun.map(({ account_id }) => account_id);
      for (const account of acknowledged) expect(ids).toContain(account);
      for (const account of ids) await untilErasure(database, account, 'minimum-kept');
      const halves = await database.query(
        `SELECT a.id FROM account a WHERE (a.erased_at IS NOT NULL) <> EXISTS (SELECT FROM erasure WHERE account_id = a.id)
         OR (a.erased_at IS NOT NULL AND EXISTS (SELECT FROM licensee k JOIN access_grant g ON g.licensee_id = k.id WHERE k.account_id = a.id AND g.ended_at IS NULL))`,
      );
      expect(halves).toEqual([]);
      const erased = people.filter((_, n) => ids.includes(accounts[n]!)).flatMap(({ email, name }) => [email, name]);
      expect(await columnsWith(database, erased)).toEqual([]);
      await until('all are in the list', 30_000, () => ids.every((account) => listed(account) !== undefined));
    },
    LONG_MS,
  );

  test('an erasure and an acceptance at once leave no grant that is open', async () => {
    const racers = await Promise.all(Array.from({ length: 6 }, (_, n) => portal.person(`race-${n}@example.org`)));
    await Promise.all(racers.flatMap((person) => [person.accept('demo-llama-assent').catch(() => undefined), erase(person)]));
    const open = await database.query(
      `SELECT FROM access_grant g JOIN licensee k ON k.id = g.licensee_id JOIN erasure x ON x.account_id = k.account_id WHERE g.ended_at IS NULL`,
    );
    expect(open).toEqual([]);
  });

  test('a database restored to a day before it is told by the list in the store, and the person goes again', async () => {
    const { person, email, name } = await accepting('restored@back.example', 'Restored Person');
    const account = await accountOf(database, email);
    await portal.stop();
    const backup = await database.copy();
    portal = await start();
    await erase(await person.signIn(email, 'a-long-enough-password'));
    await until('it is in the list', 30_000, () => listed(account) !== undefined);
    const line = readFileSync(listed(account)!).toString();
    expect(Object.keys(JSON.parse(line) as object)).toEqual(['account', 'requestedAt']);
    await portal.stop();

    expect(await columnsWith(backup, [email, name])).not.toEqual([]);
    // The log is halted on a database that is older than it; erasures wait for nothing of it.
    portal = await start({}, backup);
    await untilErasure(backup, account, 'minimum-kept');
    expect(await columnsWith(backup, [email, name])).toEqual([]);
    expect(portal.output()).toContain('the database is older than erasures');
    await portal.stop();
    await backup.drop();
    portal = await start();
  });

  /** The file of the store that says that the account was erased. */
  function listed(account: string): string | undefined {
    const names = readdirSync(join(folder, 'portal'), { recursive: true }).map(String);
    const name = names.find((one) => one.includes(`erasures/${account}`));
    return name && join(folder, 'portal', name);
  }

  async function accepting(email: string, name: string): Promise<{ person: Person; email: string; name: string }> {
    const person = await portal.person(email, name);
    await person.accept('demo-llama-assent');
    return { person, email, name };
  }
});
