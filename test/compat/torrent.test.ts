import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { runPaddock, startPaddock } from '../support/command-line.js';
import { bytesFromSeeder, closed, getFrom, handshakeFor, hashOf } from '../support/hand-made-peer.js';
import { describeWithPeer } from '../support/peers.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { until } from '../support/processes.js';
import { publishModel, sha256 } from '../support/publication.js';
import { sidPrograms } from '../support/sid-programs.js';
import {
  addAddresses,
  handedOut,
  passkeyOf,
  removeAddresses,
  startAria2,
  startLibtorrent,
  startTransmission,
  untilDone,
  withoutWebseed,
  type TorrentPeer,
} from '../support/torrent-peers.js';

const MIB = 1024 * 1024;
const FILES = {
  'README.md': Buffer.from('# shared\n'),
  'weights/part 1.bin': randomBytes(5 * MIB + 12_345),
  'weights/part 2.bin': randomBytes(3 * MIB),
  'weights/empty': Buffer.alloc(0),
};
const WHOLE = Object.fromEntries(Object.entries(FILES).map(([path, bytes]) => [path, sha256(bytes)]));
const NAME = 'swarmed-r1';
const ADDRESSES = ['10.77.0.1', '10.77.0.2', '10.77.0.3', '10.77.0.4', '10.77.0.5', '10.77.0.6'] as const;
const [SEEDER, ADA, BOB, EVE, SAM, TOM] = ADDRESSES;
const REMEDY = 'apt-get install aria2 python3-libtorrent iproute2, and run as root';
const sid = await sidPrograms();

describeWithPeer('torrents between aria2, libtorrent and the portal', ['aria2c', 'ip'], REMEDY, () => {
  // Before the portal starts: transmission speaks to no seeder within 127/8.
  beforeAll(() => addAddresses(ADDRESSES));
  const portal = portalUnderTest({ PADDOCK_ANNOUNCE_SECONDS: '4', PADDOCK_SEEDER_HOST: SEEDER, PADDOCK_SEEDER_ADDRESS: SEEDER });
  let folder: string;
  const peers: TorrentPeer[] = [];
  const running = (peer: TorrentPeer) => (peers.push(peer), peer);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-torrent-'));
    await publishModel(portal.admin, { slug: 'swarmed', admission: 'assent', files: FILES });
  });
  afterAll(async () => {
    removeAddresses(ADDRESSES);
    rmSync(folder, { recursive: true });
  });
  afterEach(async () => {
    await Promise.all(peers.splice(0).map((peer) => peer.stop()));
  });

  async function licensee() {
    const person = await portal.person();
    const grant = await person.accept('swarmed');
    const at = mkdtempSync(join(folder, 'peer-'));
    const manifest = await person.links(grant, { release: 'r1', channel: 'torrent' });
    const torrent = await handedOut(manifest.torrent!, at, 'release');
    return { person, grant, at, manifest, torrent };
  }

  const usageOf = async (grant: string) =>
    (await portal.admin.get<{ items: { seeded: number; webseeded: number }[] }>(`/audit/passkeys?grant=${grant}`)).body.items[0];

  test('aria2 completes, byte for byte', async () => {
    const { torrent, at } = await licensee();
    await untilDone(running(startAria2(torrent, at, ADA)));
    expect(filesAt(at)).toEqual(WHOLE);
  });

  test('paddock download --torrent brings and verifies the release, goes on after a kill, and falls back to links', async () => {
    const { person, grant, at } = await licensee();
    const { token } = await person.withToken(['read', 'download']);
    const asked = ['download', 'swarmed', 'r1', '--dir', join(at, 'swarmed-r1'), '--torrent'];
    const download = () => runPaddock(portal.url, token, ...asked);
    const killed = startPaddock(portal.url, token, asked);
    await setTimeout(900);
    killed.process.kill('SIGKILL');
    await killed.ended;
    expect(await download()).toMatchObject({ code: 0, stdout: expect.stringContaining('3 by torrent, 1 downloaded, 0 already there') });
    expect(filesAt(at)).toEqual(WHOLE);
    expect((await download()).stdout).toContain('0 downloaded, 4 already there');
    writeFileSync(join(at, 'swarmed-r1/weights/part 1.bin'), 'broken');
    expect((await download()).stdout).toContain('1 by torrent');
    expect(filesAt(at)).toEqual(WHOLE);
    // No grant, no torrent and no link: the refusal is told once, by the links.
    await portal.admin.post(`/grants/${grant}/revoke`, { reason: 'misuse' });
    rmSync(join(at, 'swarmed-r1'), { recursive: true });
    expect(await download()).toMatchObject({ code: 2, stderr: expect.stringContaining('access-not-granted') });
  });

  test('libtorrent completes from the seeder alone, and the audit says how much it took', async () => {
    const { torrent, at, grant } = await licensee();
    await untilDone(running(startLibtorrent(torrent, at, BOB, 'no-webseed')));
    expect(filesAt(at)).toEqual(WHOLE);
    await until('the usage is written', 30_000, async () => ((await usageOf(grant))?.seeded ?? 0) > 8 * MIB);
    const { items } = (
      await portal.admin.get<{ items: { kind: string; bytes: number | null; link: string | null }[] }>(
        `/audit/downloads?grant=${grant}&channel=torrent`,
      )
    ).body;
    const taken = items.filter(({ kind }) => kind === 'torrent-taken');
    expect(taken.every(({ link }) => link === null)).toBe(true);
    expect(taken.reduce((sum, { bytes }) => sum + bytes!, 0)).toBe((await usageOf(grant))!.seeded);
    expect(items.map(({ kind }) => kind)).toContain('link-issued');
    expect(await usageOf(grant)).toMatchObject({ webseeded: 0 });
  });

  describeWithPeer('transmission 4 (Debian sid)', ['transmission-cli'], sid, () => {
    test('takes the hybrid .torrent and completes from tracker and seeder alone, byte for byte', async () => {
      const { torrent, at } = await licensee();
      const transmission = running(startTransmission(withoutWebseed(torrent), at, TOM));
      await untilDone(transmission);
      expect(transmission.output()).toMatch(/transmission-cli 4\./);
      expect(filesAt(at)).toEqual(WHOLE);
    });
  });

  test('a .torrent of which the passkey is no longer valid brings nothing from tracker, webseed or seeder', async () => {
    const { torrent, at, person, grant } = await licensee();
    await person.post(`/grants/${grant}/passkeys/rotate`, { release: 'r1', immediately: true });
    const outsider = running(startLibtorrent(torrent, at, EVE, 'report'));
    await until('the tracker refused', 30_000, () => outsider.said('tracker_error').length > 0);
    expect(outsider.said('tracker_error')[0]!.text).toContain('Fetch the .torrent again');
    await setTimeout(2000);
    expect(outsider.said('progress').at(-1)!.bytes).toBe(0);
    const webseed = await fetch(`${portal.url}/webseed/${passkeyOf(torrent)}/${NAME}/README.md`);
    expect([webseed.status, ((await webseed.json()) as { code: string }).code]).toEqual([403, 'passkey-rotated']);
  });

  test('whoever never announced is given not one byte by the seeder, though they know where it is', async () => {
    const { torrent } = await licensee();
    const place = await seederPlace(torrent, SAM);
    expect(await bytesFromSeeder(place, torrent, EVE)).toBe(0);
    expect(await bytesFromSeeder(place, torrent, SAM)).toBeGreaterThan(68);
  });

  test('a revoked licensee’s announce is refused within a second, and the seeder drops them', async () => {
    const { torrent, grant } = await licensee();
    const place = await seederPlace(torrent, ADA);
    const socket = connect({ ...place, localAddress: ADA });
    socket.on('error', () => undefined);
    socket.write(handshakeFor(torrent));
    await once(socket, 'data');
    const gone = closed(socket);
    await portal.admin.post(`/grants/${grant}/revoke`, { reason: 'misuse' });
    const began = performance.now();
    await until('the announce is refused', 2000, async () => (await announce(torrent)).includes('This grant was revoked'));
    expect(performance.now() - began).toBeLessThan(1500);
    await Promise.race([gone, setTimeout(3000)]);
    expect(socket.destroyed).toBe(true);
    expect(performance.now() - began).toBeLessThan(1500);
  });

  async function announce(torrent: string, from = '127.0.0.1', query = ''): Promise<string> {
    const address = `/announce/${passkeyOf(torrent)}?info_hash=${hashOf(torrent)}&port=6999&left=1&event=started&compact=1${query}`;
    return getFrom(portal.url, address, from);
  }

  /** Announces from an address, and takes the seeder out of the answer. */
  async function seederPlace(torrent: string, from: string): Promise<{ host: string; port: number }> {
    const answer = Buffer.from(await announce(torrent, from), 'latin1');
    const at = answer.indexOf('5:peers') + 7;
    const start = answer.indexOf(':', at) + 1;
    return { host: [...answer.subarray(start, start + 4)].join('.'), port: answer.readUInt16BE(start + 4) };
  }
});

describeWithPeer('a swarm without peers', ['aria2c', 'ip'], REMEDY, () => {
  const portal = portalUnderTest({ PADDOCK_ANNOUNCE_SECONDS: '4', PADDOCK_SEEDER: 'false' });

  test('completes from the webseed alone, in libtorrent and in aria2', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'paddock-webseed-'));
    addAddresses([BOB]);
    await publishModel(portal.admin, { slug: 'swarmed', admission: 'assent', files: FILES });
    const person = await portal.person();
    const manifest = await person.links(await person.accept('swarmed'), { release: 'r1', channel: 'torrent' });
    const torrent = await handedOut(manifest.torrent!, folder, 'release');
    for (const start of [startLibtorrent, startAria2]) {
      const at = mkdtempSync(join(folder, 'peer-'));
      const peer = start(torrent, at, BOB);
      await untilDone(peer);
      await peer.stop();
      expect(filesAt(at)).toEqual(WHOLE);
    }
    rmSync(folder, { recursive: true });
    removeAddresses([BOB]);
  });

  test('aria2 fetches and verifies by the metalink', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'paddock-metalink-'));
    const person = await portal.person();
    const manifest = await person.links(await person.accept('swarmed'), { release: 'r1' });
    writeFileSync(join(folder, 'release.meta4'), await (await fetch(manifest.metalink)).text());
    const peer = startAria2(join(folder, 'release.meta4'), folder, '127.0.0.1', '--follow-torrent=false');
    await untilDone(peer);
    for (const [path, bytes] of Object.entries(FILES)) expect(readFileSync(join(folder, path)).equals(bytes)).toBe(true);
    rmSync(folder, { recursive: true });
  });
});

/** What a client made of the release, by digests: what is compared byte by byte takes longer than what is downloaded. */
function filesAt(folder: string): Record<string, string> {
  return Object.fromEntries(Object.keys(FILES).map((path) => [path, sha256(readFileSync(join(folder, NAME, path)))]));
}
