import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { freePort } from '../support/free-port.js';
import { describeWithPeer } from '../support/peers.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { until } from '../support/processes.js';
import { publishModel } from '../support/publication.js';

describeWithPeer('one swarm of two trackers, in Redis', ['redis-server'], 'apt-get install redis-server', () => {
  let redis: ChildProcess;
  let database: TestDatabase;
  let portals: TestPortal[] = [];
  let passkeys: string[];
  let hash: string;

  beforeAll(async () => {
    const port = await freePort();
    redis = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
    database = await testDatabase();
    const env = {
      PADDOCK_DATABASE_OWNER_URL: database.ownerUrl,
      PADDOCK_SECRET: 'a master secret of more than 32 characters',
      PADDOCK_REDIS_URL: `redis://127.0.0.1:${port}`,
      PADDOCK_PASSKEY_ADDRESSES: '2',
      PADDOCK_TRUSTED_PROXIES: '127.0.0.1',
      PADDOCK_ANNOUNCE_SECONDS: '600',
    };
    const first = await startPortal({ databaseUrl: database.serverUrl, env });
    portals = [first];
    portals.push(await startPortal({ databaseUrl: database.serverUrl, env: { ...env, PADDOCK_SEEDER: 'false' } }));
    const admin = await first.admin();
    await publishModel(admin, { slug: 'shared', admission: 'assent', files: { 'w.bin': randomBytes(300_000) } });
    passkeys = [];
    for (const name of ['ada', 'bob']) {
      const person = await first.person(`${name}@example.org`);
      const manifest = await person.links(await person.accept('shared'), { release: 'r1', channel: 'torrent' });
      passkeys.push(/\/announce\/([\w-]{32})/.exec(await (await fetch(manifest.torrent!)).text())![1]!);
    }
    const [row] = await database.query<{ hash: string }>(
      `SELECT encode(t.info_hash_v1, 'hex') AS hash FROM torrent t JOIN release r ON r.id = t.release_id WHERE r.name = 'r1'`,
    );
    hash = row!.hash.replaceAll(/../g, '%$&');
  });
  afterAll(async () => {
    for (const portal of portals) await portal.stop();
    await database.drop();
    redis.kill('SIGKILL');
    await once(redis, 'close').catch(() => undefined);
  });

  async function announce(tracker: number, passkey: string, from: string, more = '&port=7000&left=1&event=started'): Promise<string> {
    const url = `${portals[tracker]!.url}/announce/${passkey}?info_hash=${hash}${more}`;
    const answer = await fetch(url, { headers: { 'x-forwarded-for': from } });
    return Buffer.from(await answer.arrayBuffer()).toString('latin1');
  }

  test('a peer of one tracker is given out by the other, and so is the seeder', async () => {
    await announce(0, passkeys[0]!, '10.3.0.1');
    await until('the second tracker knows the seeder', 30_000, async () =>
      (await announce(1, passkeys[1]!, '10.3.0.2', '&port=7000&left=1')).includes('completei1e'),
    );
    const answer = await announce(1, passkeys[1]!, '10.3.0.2');
    expect(answer).toContain(String.fromCharCode(10, 3, 0, 1, 0x1b, 0x58));
    expect(answer).toContain(String.fromCharCode(127, 0, 0, 1));
    expect(await announce(1, passkeys[1]!, '10.3.0.2', '&port=7000&left=0&event=completed')).toContain('8:completei1e10:incompletei1e');
    expect(await announce(0, passkeys[1]!, '10.3.0.2', '&port=7000&left=0&event=stopped')).toContain('10:incompletei1e');
  });

  test('addresses are counted over both, and bytes since the last announce at either', async () => {
    expect(await announce(0, passkeys[0]!, '10.3.0.1', '&port=7000&left=1&event=started&uploaded=0')).toContain('8:interval');
    expect(await announce(1, passkeys[0]!, '10.3.0.9', '&port=7000&left=1')).toContain('8:interval');
    expect(await announce(0, passkeys[0]!, '10.3.0.10', '&port=7000&left=1')).toContain('in use at 2 addresses already');
    expect(await announce(1, passkeys[0]!, '10.3.0.1', '&port=7000&left=1&uploaded=5000')).toContain('8:interval');
    await until('the bytes are written', 30_000, async () => {
      const [row] = await database.query<{ uploaded: string }>('SELECT sum(uploaded) AS uploaded FROM passkey_usage');
      return row!.uploaded === '5000';
    });
  });

  test('without the server announces are refused in words, and work again when it is back', async () => {
    redis.kill('SIGSTOP');
    const answer = await announce(0, passkeys[0]!, '10.3.0.1', '&port=7000&left=1');
    redis.kill('SIGCONT');
    expect(answer).toContain('swarm store does not answer');
    await setTimeout(500);
    await until('it works again', 30_000, async () =>
      (await announce(0, passkeys[0]!, '10.3.0.1', '&port=7000&left=1')).includes('8:interval'),
    );
  });
});
