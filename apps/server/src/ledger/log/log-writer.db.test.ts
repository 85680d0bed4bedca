import { consistencyProof, GrowingLog, tileReader, verifyCheckpoint, verifyConsistency, type VerifiedCheckpoint } from '@paddock/ledger';
import { diskStore, type ObjectStore } from '@paddock/storage';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type PoolClient } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { testDatabase, type TestDatabase } from '../../../../../test/support/database.js';
import { LogKeys, type LogSettings } from './log-keys.js';
import { LogWriter } from './log-writer.js';
import { entriesBetween } from './log-rows.js';
import { TileStore } from './tile-store.js';

const URL = 'http://log.example';

describe('a log that is written while things break', () => {
  let folder: string;
  let database: TestDatabase;
  let session: PoolClient;
  let store: ObjectStore;
  let settings: LogSettings;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-log-'));
    database = await testDatabase();
    session = (await connected()) as unknown as PoolClient;
    store = diskStore({ root: join(folder, 'store') });
    settings = { PADDOCK_LEDGER_ORIGIN: undefined, PADDOCK_LEDGER_KEY: undefined, PADDOCK_LEDGER_PREVIOUS_KEY: undefined, dataDir: folder };
  });
  afterEach(async () => {
    await (session as unknown as Client).end();
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  async function connected(): Promise<Client> {
    const client = new Client({ connectionString: database.serverUrl });
    await client.connect();
    return client;
  }

  /** Of a process that has just started. */
  const writer = (on: ObjectStore = store) => new LogWriter(new TileStore(on), settings, async () => undefined);
  const append = async (count: number, on: Pick<Client, 'query'> = session) => {
    const ids = Array.from({ length: count }, () => uuidv7());
    await on.query(
      `INSERT INTO ledger_entry (id, kind, subject_id, entry) SELECT id, 'acceptance', id, convert_to(id::text, 'UTF8') FROM unnest($1::uuid[]) AS id`,
      [ids],
    );
  };
  const published = async (): Promise<VerifiedCheckpoint> => {
    const note = await new TileStore(store).checkpoint();
    return verifyCheckpoint(
      note!,
      LogKeys.of(settings, URL, undefined).signers.map(({ key }) => key),
    );
  };

  /** The store's tiles make the root that the store's checkpoint says, and that of the entries in the database. */
  async function expectWhole(older?: VerifiedCheckpoint): Promise<VerifiedCheckpoint> {
    const checkpoint = await published();
    const { log } = GrowingLog.EMPTY.append(await entriesBetween(session, 0n, checkpoint.size));
    expect(log.root()).toEqual(checkpoint.root);
    if (!older || older.size === 0n) return checkpoint;
    const read = tileReader(checkpoint.size, async (tile) => (await new TileStore(store).read(tile))!);
    const proof = await consistencyProof(older.size, checkpoint.size, read);
    verifyConsistency(older.size, checkpoint.size, proof, older.root, checkpoint.root);
    return checkpoint;
  }

  test('begins with the checkpoint of nothing', async () => {
    expect(await writer().round(session, URL, 100)).toEqual({ integrated: 0, size: 0n });
    expect(await published()).toMatchObject({ origin: 'log.example/ledger', size: 0n });
  });

  test('a store that fails at any of its writes costs nothing: the next process publishes what was committed', async () => {
    let older: VerifiedCheckpoint | undefined;
    for (let at = 0; ; at += 1) {
      await append(300);
      const failing = failingAt(store, at);
      const failed = await writer(failing)
        .round(session, URL, 1000)
        .then(
          () => false,
          () => true,
        );
      await writer().round(session, URL, 1000);
      older = await expectWhole(older);
      expect(older.size).toBe(BigInt((at + 1) * 300));
      if (!failed) break;
      // Of 300 entries and more: tiles, bundles and the checkpoint.
      expect(at).toBeLessThan(12);
    }
  });

  test('a connection that is lost before the commit leaves no index behind', async () => {
    await append(10);
    const other = await connected();
    await other.query('BEGIN');
    other.on('error', () => undefined);
    const lost = Object.assign(Object.create(other) as Client, {
      query: (question: string | object, ...rest: unknown[]) =>
        question === 'COMMIT'
          ? Promise.reject(new Error('gone'))
          : (other.query as (...given: unknown[]) => Promise<unknown>).call(other, question, ...rest),
    });
    await expect(writer().round(lost as unknown as PoolClient, URL, 100)).rejects.toThrow('gone');
    await other.end();
    expect(await writer().round(session, URL, 100)).toEqual({ integrated: 10, size: 10n });
    await expectWhole();
  });

  test('an entry whose transaction commits late is not lost', async () => {
    const one = writer();
    const late = await connected();
    await late.query('BEGIN');
    await append(3, late);
    await append(5);
    expect(await one.round(session, URL, 100)).toEqual({ integrated: 5, size: 5n });
    await append(1);
    expect(await one.round(session, URL, 100)).toEqual({ integrated: 1, size: 6n });
    await late.query('COMMIT');
    expect(await one.round(session, URL, 100)).toEqual({ integrated: 3, size: 9n });
    expect(await one.round(session, URL, 100)).toEqual({ integrated: 0, size: 9n });
    await late.end();
    await expectWhole();
  });

  test('a store that was emptied is written again from the database', async () => {
    await append(600);
    await writer().round(session, URL, 1000);
    const before = await published();
    rmSync(join(folder, 'store'), { recursive: true });
    await writer().round(session, URL, 1000);
    expect(await expectWhole(before)).toEqual(before);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['store-damaged', () => store.delete('ledger/tile/1/000.p/2')],
    ['store-damaged', () => store.put('ledger/tile/1/000.p/2', bytes(new Uint8Array(64)))],
    ['unknown-key', () => store.put('ledger/checkpoint', bytes(Buffer.from('rubbish')))],
    ['entries-changed', () => change(`UPDATE ledger_entry SET entry = 'x' WHERE id = (SELECT entry_id FROM entry_index WHERE index = 3)`)],
    ['entries-changed', () => change('DELETE FROM entry_index WHERE index = 3')],
    ['database-behind', () => change('DELETE FROM checkpoint')],
    ['forked', () => change(`UPDATE checkpoint SET root = sha256('other')`)],
  ])('%s is said, and nothing is signed', async (reason, damage) => {
    await append(600);
    await writer().round(session, URL, 1000);
    await damage();
    await append(1);
    if (reason === 'entries-changed') await store.delete('ledger/checkpoint');
    await expect(writer().round(session, URL, 1000)).rejects.toMatchObject({ name: 'LogHalt', reason });
    const [row] = await database.query(`SELECT count(*)::int AS n FROM checkpoint WHERE size > 600`);
    expect(row).toEqual({ n: 0 });
  });

  const change = (statement: string) =>
    database.query(`SET session_replication_role = replica; ${statement}; SET session_replication_role = DEFAULT`);
});

/** A store whose writes from the nth on fail, as when the process were gone. */
function failingAt(store: ObjectStore, n: number): ObjectStore {
  let writes = 0;
  return Object.assign(Object.create(store) as ObjectStore, {
    head: (key: string) => store.head(key),
    read: (key: string) => store.read(key),
    put: async (key: string, source: AsyncIterable<Uint8Array>) => {
      if (writes++ >= n) throw new Error('the disk is gone');
      return store.put(key, source);
    },
  });
}

async function* bytes(content: Uint8Array) {
  yield content;
}
