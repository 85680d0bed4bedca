import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Answer, Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { until } from '../support/processes.js';
import { publishModel } from '../support/publication.js';

const FILES = { 'weights.bin': randomBytes(700_000), 'README.md': Buffer.from('# hello\n'), 'weights.empty': Buffer.alloc(0) };
const PAD = 262_144 - 8;

describe('torrents', () => {
  const portal = portalUnderTest({ PADDOCK_PASSKEY_ADDRESSES: '2', PADDOCK_TRUSTED_PROXIES: '127.0.0.1', PADDOCK_SEEDER: 'false' });
  beforeAll(() => publishModel(portal.admin, { slug: 'shared', admission: 'assent', files: FILES }));

  async function licensee() {
    const person = await portal.person();
    const grant = await person.accept('shared');
    return { person, grant, ...(await torrentOf(person, grant)) };
  }

  async function torrentOf(person: Person, grant: string) {
    const manifest = await person.links(grant, { release: 'r1', channel: 'torrent' });
    const torrent = await (await fetch(manifest.torrent!)).text();
    const passkey = /\/announce\/([\w-]{32})/.exec(torrent)![1]!;
    const [row] = await portal.database.query<{ hash: string }>(
      `SELECT encode(t.info_hash_v1, 'hex') AS hash FROM torrent t JOIN release r ON r.id = t.release_id JOIN model m ON m.id = r.model_id WHERE m.slug = 'shared'`,
    );
    return { manifest, torrent, passkey, hash: row!.hash.replaceAll(/../g, '%$&') };
  }

  async function announce(passkey: string, hash: string, more = '&port=7000&left=1&event=started', from = '10.1.1.1'): Promise<string> {
    const answer = await fetch(`${portal.url}/announce/${passkey}?info_hash=${hash}${more}`, { headers: { 'x-forwarded-for': from } });
    expect(answer.status).toBe(200);
    return Buffer.from(await answer.arrayBuffer()).toString('latin1');
  }

  test('are byte for byte the same to their holder, and carry nobody else’s passkey', async () => {
    const ada = await licensee();
    const again = await torrentOf(ada.person, ada.grant);
    const bob = await licensee();
    expect(again.torrent).toBe(ada.torrent);
    expect(ada.passkey).not.toBe(bob.passkey);
    expect(ada.torrent).toContain('7:privatei1e');
    expect(ada.manifest).toMatchObject({ channel: 'torrent', outlivesRevocationBySeconds: null });
    const rows = await portal.database.query<{ found: boolean }>(`SELECT position($1 in p::text) > 0 AS found FROM passkey p`, [
      ada.passkey,
    ]);
    expect(rows.every(({ found }) => !found)).toBe(true);
  });

  test('the tracker gives peers of the release, from where they announced and not from `ip`', async () => {
    const [ada, bob] = [await licensee(), await licensee()];
    await announce(ada.passkey, ada.hash, '&port=7001&left=1&event=started&ip=9.9.9.9', '10.1.2.3');
    const answer = await announce(bob.passkey, bob.hash, '&port=7002&left=1&event=started', '10.1.2.4');
    expect(answer).toContain(String.fromCharCode(10, 1, 2, 3, 0x1b, 0x59));
    expect(answer).not.toContain(String.fromCharCode(9, 9, 9, 9));
    const scraped = await fetch(`${portal.url}/scrape/${ada.passkey}?info_hash=${ada.hash}`);
    expect(await scraped.text()).toMatch(/8:completei0e10:downloadedi0e10:incompletei[2-9]/);
  });

  test.each([
    ['an unknown passkey', async () => announce('x'.repeat(32), '%00'.repeat(20)), 'has issued no such passkey'],
    ['a malformed passkey', async () => announce('%00..', '%00'.repeat(20)), 'has issued no such passkey'],
    ['another torrent', async () => announce((await licensee()).passkey, '%00'.repeat(20)), 'Fetch the .torrent of this release'],
    ['port 0', async () => malformed('&port=0&left=1'), 'port is not one'],
    ['a negative counter', async () => malformed('&port=1&left=1&uploaded=-5'), 'must count bytes'],
    ['a huge numwant', async () => malformed('&port=1&left=1&numwant=99999999'), 'numwant'],
    ['a repeated key', async () => malformed('&port=1&left=1&port=2'), 'port is said twice'],
    ['an oversized query', async () => malformed(`&port=1&left=1&x=${'y'.repeat(4000)}`), 'too long'],
    ['nothing at all', async () => malformed(''), 'port is not one'],
  ])('%s is refused in words', async (_, ask, words) => {
    const answer = await ask();
    expect(answer).toMatch(/^d14:failure reason\d+:/);
    expect(answer).toContain(words);
    expect(answer).not.toContain('5:peers');
  });

  const malformed = async (query: string) => {
    const { passkey, hash } = await licensee();
    return announce(passkey, hash, query);
  };

  test('a rotated passkey works on for its grace, and after a leak not at all', async () => {
    const { person, grant, passkey, hash } = await licensee();
    const rotate = (immediately: boolean) =>
      person.post<{ state: string; previousUntil: string }>(`/grants/${grant}/passkeys/rotate`, { release: 'r1', immediately });
    expect((await rotate(false)).body.state).toBe('rotated');
    const next = (await torrentOf(person, grant)).passkey;
    expect(next).not.toBe(passkey);
    expect(await announce(passkey, hash)).toContain('8:interval');
    expect(await announce(next, hash)).toContain('8:interval');
    await rotate(true);
    await setTimeout(1000);
    for (const old of [passkey, next]) expect(await announce(old, hash)).toContain('Fetch the .torrent again');
    expect(await announce((await torrentOf(person, grant)).passkey, hash)).toContain('8:interval');
    expect((await (await portal.person()).post(`/grants/${grant}/passkeys/rotate`, { release: 'r1' })).status).toBe(404);
  });

  test.each([
    ['suspend', 'This grant is suspended'],
    ['revoke', 'This grant was revoked'],
  ])('%s refuses announces and webseed within a second', async (command, words) => {
    const { grant, passkey, hash, manifest } = await licensee();
    expect(await announce(passkey, hash)).toContain('8:interval');
    await portal.admin.post(`/grants/${grant}/${command}`, { reason: 'misuse' });
    await setTimeout(1000);
    expect(await announce(passkey, hash)).toContain(words);
    expect((await fetch(manifest.artifacts[0]!.url)).status).toBe(403);
    expect((await fetch(manifest.torrent!)).status).toBe(403);
  });

  test('a passkey in use at too many addresses is throttled, and staff see and close the sighting', async () => {
    const { person, grant, passkey, hash } = await licensee();
    for (const from of ['10.2.0.1', '10.2.0.2']) expect(await announce(passkey, hash, undefined, from)).toContain('8:interval');
    expect(await announce(passkey, hash, undefined, '10.2.0.3')).toContain('in use at 2 addresses already');
    expect(await announce(passkey, hash, undefined, '10.2.0.1')).toContain('8:interval');
    interface Sighting {
      id: string;
      state: string;
      grant: string;
    }
    const sightings = async () =>
      (await portal.admin.get<{ items: Sighting[] }>('/sightings')).body.items.filter((sighting) => sighting.grant === grant);
    await until('the sighting is there', 30_000, async () => (await sightings()).length === 1);
    const [{ id, state }] = (await sightings()) as [Sighting];
    expect(state).toBe('open');
    expect((await person.get('/sightings')).status).toBe(403);
    expect((await person.post(`/sightings/${id}/close`, { reason: 'no' })).status).toBe(403);
    const closed: Answer<{ state: string }> = await portal.admin.post(`/sightings/${id}/close`, { reason: 'a cluster' });
    expect([closed.status, closed.body.state]).toEqual([200, 'closed']);
    expect((await portal.admin.post(`/sightings/${id}/close`, { reason: 'again' })).status).toBe(409);
  });

  test('the webseed serves ranges and padding, and nothing else', async () => {
    const { manifest, passkey } = await licensee();
    const url = manifest.artifacts.find(({ path }) => path === 'weights.bin')!.url;
    const part = await fetch(url, { headers: { range: 'bytes=699990-' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 699990-699999/700000']);
    expect(Buffer.from(await part.arrayBuffer()).equals(FILES['weights.bin'].subarray(699_990))).toBe(true);
    expect((await fetch(url, { headers: { range: 'bytes=700000-' } })).status).toBe(416);
    const at = (path: string, key = passkey) => `${portal.url}/webseed/${key}/${path}`;
    const empty = await fetch(at('shared-r1/weights.empty'), { headers: { range: 'bytes=0-7' } });
    expect([empty.status, await empty.text()]).toEqual([200, '']);
    const padding = await fetch(at(`shared-r1/.pad/${PAD}`), { headers: { range: 'bytes=0-99' } });
    expect(Buffer.from(await padding.arrayBuffer()).equals(Buffer.alloc(100))).toBe(true);
    expect((await fetch(at(`shared-r1/.pad/${PAD}`), { method: 'HEAD' })).headers.get('content-length')).toBe(String(PAD));
    for (const path of [
      'shared-r1/.pad/999999999',
      'shared-r1/.pad/0',
      'other-r1/weights.bin',
      'shared-r1/none',
      'shared-r1/../weights.bin',
    ])
      expect((await fetch(at(path))).status).toBe(404);
    expect((await fetch(at('shared-r1/weights.bin', 'y'.repeat(32)))).status).toBe(403);
    expect((await fetch(at('shared-r1/weights.bin', '%00'))).status).toBe(403);
  });

  test('what cannot be a torrent is refused: some paths, a cap, a license without the channel', async () => {
    const { person, grant } = await licensee();
    for (const option of [{ paths: ['README.md'] }, { maxCopies: 2 }]) {
      const answer = await person.post<{ code: string }>(`/grants/${grant}/links`, { release: 'r1', channel: 'torrent', ...option });
      expect([answer.status, answer.body.code]).toEqual([400, 'malformed-request']);
    }
    const everyone = await portal.admin.post<{ code: string }>('/models/demo-llama-open/releases/tiny-f32/links', { channel: 'torrent' });
    expect([everyone.status, everyone.body.code]).toEqual([403, 'channel-not-allowed']);
  });

  test('a withdrawn release is refused to announces, with its name', async () => {
    await publishModel(portal.admin, { slug: 'gone', admission: 'assent', files: FILES });
    const person = await portal.person();
    const manifest = await person.links(await person.accept('gone'), { release: 'r1', channel: 'torrent' });
    const passkey = /\/announce\/([\w-]{32})/.exec(await (await fetch(manifest.torrent!)).text())![1]!;
    await portal.admin.post('/models/gone/releases/r1/withdraw', { reason: 'a bug' });
    await setTimeout(1000);
    expect(await announce(passkey, '%00'.repeat(20))).toContain('Release `r1` was withdrawn');
  });

  test('no passkey stands in what the portal logs', async () => {
    const { passkey, hash, manifest } = await licensee();
    await announce(passkey, hash);
    await announce(passkey, '%00'.repeat(20));
    await fetch(manifest.artifacts[0]!.url);
    await setTimeout(300);
    expect(portal.portal.output()).not.toContain(passkey);
    expect(await (await fetch(`${portal.url}/metrics`)).text()).not.toContain(passkey);
  });
});
