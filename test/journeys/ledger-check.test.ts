import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPaddock, type Ran } from '../support/command-line.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { PublicLogReader } from '../support/public-log.js';

const check = (env: Record<string, string>, ...options: string[]): Promise<Ran> =>
  startPaddock('http://127.0.0.1:1', undefined, ['ledger', 'check', ...options], env).ended;

describe('paddock ledger check', () => {
  describe('with the embedded database', () => {
    let folder: string;
    let portal: TestPortal;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'paddock-check-'));
      portal = await startPortal({ dataDir: folder });
      await new PublicLogReader(portal.url).checkpointOf(7);
    });
    afterAll(async () => {
      await portal.stop();
      rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
    });

    test('finds the ledger whole beside a running portal and without one, and leaves nothing running', async () => {
      const whole = { code: 0, stdout: '7 entries: the ledger is whole\n' };
      expect(await check({ PADDOCK_DATA_DIR: folder })).toMatchObject(whole);
      await portal.stop();
      expect(await check({ PADDOCK_DATA_DIR: folder })).toMatchObject(whole);
      portal = await startPortal({ dataDir: folder });
    });

    test('says that it could not tell where there is no portal', async () => {
      expect(await check({ PADDOCK_DATA_DIR: join(folder, 'nowhere') })).toMatchObject({ code: 2, stdout: '' });
    });
  });

  describe('with a database and a store that somebody changed', () => {
    const under = portalUnderTest();
    const env = () => ({ PADDOCK_DATA_DIR: under.portal.dataDir, PADDOCK_DATABASE_URL: under.database.serverUrl });
    const changed = (statement: string) =>
      under.database.query(`SET session_replication_role = replica; ${statement}; SET session_replication_role = DEFAULT`);

    beforeAll(() => new PublicLogReader(under.url).checkpointOf(7));

    test('names the row, and strangers find nothing: what is published is whole', async () => {
      const row = `(SELECT entry_id FROM entry_index WHERE index = 4)`;
      await changed(`UPDATE ledger_entry SET entry = set_bit(entry, 9, 1 - get_bit(entry, 9)) WHERE id = ${row}`);
      const [{ id }] = (await under.database.query<{ id: string }>(`SELECT entry_id AS id FROM entry_index WHERE index = 4`)) as [
        { id: string },
      ];
      expect(await check(env())).toMatchObject({
        code: 1,
        stdout: `entry 4 (row ${id}): its other copies have another hash\n7 entries: 1 findings\n`,
      });
      expect(await check({ PADDOCK_URL: under.url }, '--public')).toMatchObject({
        code: 0,
        stdout: '7 entries: the published ledger is whole\n',
      });
      await changed(`UPDATE ledger_entry SET entry = set_bit(entry, 9, 1 - get_bit(entry, 9)) WHERE id = ${row}`);
    });

    test('names the tile, as strangers do', async () => {
      const { size } = await new PublicLogReader(under.url).checkpoint();
      const file = join(under.portal.dataDir, `store/objects/ledger/tile/0/000.p/${size}`);
      const tile = readFileSync(file);
      const damaged = Buffer.from(tile);
      damaged[70]! ^= 1;
      writeFileSync(file, damaged);
      expect((await check(env())).stdout).toContain(`tile/0/000.p/${size}, entry 2: its other copies have another hash\n`);
      expect(await check({ PADDOCK_URL: under.url }, '--public')).toMatchObject({ code: 1, stdout: expect.stringContaining('entry 2') });
      writeFileSync(file, tile);
    });

    test('names a checkpoint whose signature was changed', async () => {
      await changed(`UPDATE checkpoint SET note = replace(note, '— ', '— x') WHERE size = (SELECT max(size) FROM checkpoint)`);
      expect((await check(env())).stdout).toMatch(/^checkpoint 7: /);
    });

    test('takes only the keys that it is told to trust', async () => {
      const other = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
      expect(await check({ PADDOCK_URL: under.url }, '--public', '--vkey', other)).toMatchObject({ code: 1 });
    });
  });
});
