import { hashLeaf, inclusionProof, verifyInclusion } from '@paddock/ledger';
import { portalUnderTest } from '../support/portal-under-test.js';
import { PublicLogReader } from '../support/public-log.js';

const under = portalUnderTest();
const entriesOf = async () => {
  const [row] = await under.database.query<{ n: number }>('SELECT count(*)::int AS n FROM ledger_entry');
  return row!.n;
};

describe('the public ledger', () => {
  test('proves an acceptance to a stranger within a second, and holds what it held', async () => {
    const log = new PublicLogReader(under.url);
    const before = await log.checkpointOf(1);
    const ada = await under.person();
    await ada.accept('demo-llama-assent');
    const now = await log.checkpointOf(await entriesOf(), 1500);
    expect(now.origin).toBe(`${new URL(under.url).host}/ledger`);

    const [row] = await under.database.query<{ entry: Buffer; index: string }>(
      `SELECT e.entry, i.index FROM ledger_entry e JOIN entry_index i ON i.entry_id = e.id WHERE e.kind = 'acceptance'`,
    );
    const proof = await inclusionProof(BigInt(row!.index), now.size, log.subtrees(now));
    verifyInclusion(BigInt(row!.index), now.size, hashLeaf(new Uint8Array(row!.entry)), proof, now.root);
    await log.expectWhole(before);
    expect(Buffer.concat(await log.entries(now)).toString()).not.toContain('Ada');
  });

  test('is kept for ever by caches but for its checkpoint, and its keys are published', async () => {
    const log = new PublicLogReader(under.url);
    const { size } = await log.checkpoint();
    const [checkpoint, tile] = await Promise.all([
      fetch(`${under.url}/ledger/checkpoint`),
      fetch(`${under.url}/ledger/tile/0/000.p/${size}`),
    ]);
    expect([checkpoint.headers.get('content-type'), checkpoint.headers.get('cache-control')]).toEqual([
      'text/plain; charset=utf-8',
      'public, max-age=1',
    ]);
    expect([tile.headers.get('content-type'), tile.headers.get('cache-control')]).toEqual([
      'application/octet-stream',
      'public, max-age=31536000, immutable',
    ]);
    expect((await log.keys()).keys).toEqual([{ vkey: expect.any(String), from: expect.any(String), until: null }]);
  });

  test.each([
    '/ledger/tile/0/999',
    '/ledger/tile/0/000',
    '/ledger/tile/0/000.p/255',
    '/ledger/tile/0/000.p/0',
    '/ledger/tile/63/000',
    '/ledger/tile/entries/x999/x999/x999/x999/x999/x999/999',
    '/ledger/tile/0/..%2f..%2fsecret',
    '/ledger/tile/0/%00',
    '/ledger/tile/',
    `/ledger/tile/0/${'9'.repeat(1500)}`,
  ])('%s is refused and kept by no cache', async (path) => {
    const answer = await fetch(`${under.url}${path}`);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store']);
    expect(await answer.json()).toMatchObject({ code: 'not-found' });
  });
});
