import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { accept, presented, type Accepting } from '../support/accepting.js';
import { cephRgwPrograms, cephRgwRemedy } from '../support/ceph-rgw.js';
import { policyPage, startChangingPage, type ChangingPage } from '../support/changing-page.js';
import { startPaddock } from '../support/command-line.js';
import { nginxRemedy } from '../support/nginx.js';
import { describeWithPeer } from '../support/peers.js';
import { PASSWORD, Person } from '../support/person.js';
import { tally } from '../support/problems.js';
import { until } from '../support/processes.js';
import { publishModel, sha256 } from '../support/publication.js';
import { startSeveral, type SeveralProcesses } from '../support/several-processes.js';
import { TestSmtpServer } from '../support/smtp-server.js';

const PROGRAMS = [...cephRgwPrograms, 'redis-server', 'nginx'];
const REMEDY = `${cephRgwRemedy} redis-server; ${nginxRemedy}`;
const WEIGHTS = randomBytes(6 * 1024 * 1024);
const PEOPLE_A_KILL = 3;
const POLICIES = 6;
/** Of a machine that has much else to do: twelve processes start here again and again. */
const SLOW_MS = 60_000;
const VERY_SLOW_MS = 240_000;

describeWithPeer('several processes are one portal', PROGRAMS, REMEDY, () => {
  let its: SeveralProcesses;
  let smtp: TestSmtpServer;
  let page: ChangingPage;
  let admin: Person;
  let people = 0;

  beforeAll(async () => {
    [smtp, page] = await Promise.all([TestSmtpServer.start(), startChangingPage()]);
    page.show(policyPage());
    its = await startSeveral({
      PADDOCK_SMTP_URL: smtp.url,
      PADDOCK_MAIL_FROM: 'portal@lab.example',
      PADDOCK_CAPTURE_ALLOW_LOOPBACK: 'true',
      PADDOCK_CHROMIUM: 'none',
    });
    admin = await its.admin();
    await publishModel(admin, { slug: 'shared', admission: 'assent', files: { 'weights.bin': WEIGHTS } });
  }, VERY_SLOW_MS);
  afterAll(async () => {
    await its?.stop();
    await Promise.all([smtp.stop(), page.stop()]);
  });

  const somebody = () => new Person(its.url).signUp(`person-${(people += 1)}@example.org`, 'Ada Lovelace');
  const either = (n: number) => its.http[n % 2]!;
  /** Browsers name the public address wherever their request arrives. */
  const origin = () => ({ origin: its.url });

  test('who signs in at one acts at the other, and signs out of both', async () => {
    const ada = await somebody();
    for (const url of its.http) expect((await ada.at(url).get('/me')).status).toBe(200);
    const made = await ada.at(either(0)).post('/presentations', { model: 'shared' }, origin());
    expect(made.status).toBe(201);
    expect((await ada.at(either(1)).call('DELETE', '/session', { headers: origin() })).status).toBe(204);
    for (const url of its.http) expect((await ada.at(url).get('/me')).status).toBe(401);
  });

  test('attempts are counted together', async () => {
    const tries = Array.from({ length: 14 }, (_, n) =>
      new Person(either(n)).post('/session', { email: 'nobody@example.org', password: PASSWORD }, origin()),
    );
    const answers = await Promise.all(tries);
    expect(tally(answers)).toEqual({ 401: 10, 429: 4 });
    for (const url of its.http) {
      const refused = await new Person(url).post('/session', { email: 'nobody@example.org', password: PASSWORD }, origin());
      expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([429, expect.closeTo(900, -2)]);
    }
  });

  test('requests are counted together', async () => {
    const told = async (url: string) => {
      const answer = await fetch(`${url}/api/v1/models`);
      const [, left, seconds] = /"address";r=(\d+);t=(\d+)/.exec(answer.headers.get('ratelimit')!)!;
      return { left: Number(left), seconds: Number(seconds) };
    };
    await until('a minute is long enough for both', SLOW_MS, async () => {
      let one = await told(either(0));
      for (let asked = 0; asked < 100; asked += 1) one = await told(either(0));
      const other = await told(either(1));
      if (other.seconds > one.seconds) return false;
      expect(other.left).toBeLessThan(one.left);
      return true;
    });
  });

  test('a process of jobs answers its supervisor and nobody else', async () => {
    const [jobs] = its.jobs;
    expect((await fetch(`${jobs}/health/ready`)).status).toBe(200);
    for (const path of ['/api/v1/models', '/', '/announce/x', '/v2/', '/health/readyish']) {
      const answer = await fetch(jobs + path);
      expect([path, answer.status]).toEqual([path, 503]);
      expect(await answer.json()).toMatchObject({ code: 'unavailable' });
    }
  });

  test('peers of one tracker are peers of the other', async () => {
    const [row] = await its.query<{ hash: string }>(
      `SELECT encode(t.info_hash_v1, 'hex') AS hash FROM torrent t JOIN release r ON r.id = t.release_id JOIN model m ON m.id = r.model_id WHERE m.slug = 'shared'`,
    );
    const hash = row!.hash.replaceAll(/../g, '%$&');
    const [ada, bob] = await Promise.all(
      [1, 2].map(async () => {
        const person = await somebody();
        const { artifacts } = await person.links(await person.accept('shared'), { release: 'r1', channel: 'torrent' });
        return artifacts[0]!.url;
      }),
    );
    const announce = async (n: number, webseed: string, port: number) => {
      const [, , passkey] = new URL(webseed).pathname.split('/');
      const answer = await fetch(`${either(n)}/announce/${passkey}?info_hash=${hash}&port=${port}&left=1`);
      return Buffer.from(await answer.arrayBuffer());
    };
    await announce(0, ada!, 7001);
    expect((await announce(1, bob!, 7002)).includes(Buffer.from([127, 0, 0, 1, 7001 >> 8, 7001 & 255]))).toBe(true);
    // What a process of requests counted it writes by itself: no job can know of it.
    expect((await fetch(ada!, { redirect: 'manual' })).status).toBe(302);
    await until('what was taken is written', SLOW_MS, async () => {
      const [row] = await its.query<{ taken: number }>('SELECT coalesce(sum(webseeded), 0)::float8 AS taken FROM passkey_usage');
      return row!.taken === WEIGHTS.length;
    });
  });

  test(
    'what is due is done once, though two processes look for it',
    async () => {
      const slugs = Array.from({ length: POLICIES }, (_, n) => `due-${n}`);
      for (const slug of slugs)
        expect((await admin.post('/policies', { publisher: 'demo-lab', slug, title: slug, sourceUrl: `${page.url}/${slug}` })).status).toBe(
          201,
        );
      const captured = async () =>
        (await its.query(`SELECT c.id FROM capture c JOIN policy p ON p.id = c.policy_id WHERE p.slug = ANY ($1)`, [slugs])).length;
      await its.query('UPDATE policy SET next_capture_at = now() WHERE slug = ANY ($1)', [slugs]);
      await until('each is captured', SLOW_MS, async () => (await captured()) >= POLICIES);
      await until('none is due', SLOW_MS, async () => (await its.query('SELECT FROM policy WHERE next_capture_at <= now()')).length === 0);
      expect([await captured(), page.asked()]).toEqual([POLICIES, POLICIES]);
    },
    VERY_SLOW_MS,
  );

  test(
    'whichever is killed, nothing acknowledged is lost and the others go on',
    async () => {
      const reader = await somebody();
      const manifest = await reader.links(await reader.accept('shared'), { release: 'r1' });
      const { url } = manifest.artifacts[0]!;
      const everyone: Accepting[] = [];
      const without: Record<string, string> = {};
      for (const [name, part] of Object.entries(its.parts)) {
        const now = await Promise.all(Array.from({ length: PEOPLE_A_KILL }, () => somebody().then(presented)));
        everyone.push(...now);
        const first = await bytesOf(url, 'bytes=0-2999999');
        const answers = Promise.all(now.map(accept));
        await setTimeout(Math.random() * 60);
        await part.kill();
        await answers;
        without[name] = /^(http|jobs)/.test(name) ? await goesOn(url, first) : 'not asked';
        await part.start();
        await until(`the portal is ready again after ${name}`, SLOW_MS, ready);
        expect([name, sha256(Buffer.concat([first, await bytesOf(url, 'bytes=3000000-')]))]).toEqual([name, sha256(WEIGHTS)]);
      }
      expect(without).toMatchObject({ 'http-1': 'whole', 'http-2': 'whole', 'jobs-1': 'whole', 'jobs-2': 'whole' });
      const acknowledged = everyone.map(({ acknowledged: id }) => id);
      await Promise.all(everyone.map(accept));
      const changed = everyone.filter((one, n) => acknowledged[n] !== undefined && one.acknowledged !== acknowledged[n]);
      expect(changed).toEqual([]);
      const rows = await its.query<{ id: string; grants: number; entries: number }>(
        `SELECT a.id, (SELECT count(*)::int FROM access_grant WHERE acceptance_id = a.id AND ended_at IS NULL) AS grants,
         (SELECT count(*)::int FROM ledger_entry WHERE subject_id = a.id AND kind = 'acceptance') AS entries FROM acceptance a WHERE a.id = ANY ($1)`,
        [everyone.map(({ acknowledged: id }) => id)],
      );
      expect(rows).toHaveLength(everyone.length);
      expect(rows.filter(({ grants, entries }) => grants !== 1 || entries !== 1)).toEqual([]);
    },
    VERY_SLOW_MS,
  );

  test('one integrator at a time has written one whole log', async () => {
    await until('every entry has its place', SLOW_MS, async () => {
      const [row] = await its.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM ledger_entry e WHERE NOT EXISTS (SELECT FROM entry_index i WHERE i.entry_id = e.id)',
      );
      return row!.n === 0;
    });
    const checked = await startPaddock(its.url, undefined, ['ledger', 'check'], its.env).ended;
    expect(checked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+ entries: the ledger is whole\n$/) });
  });

  test(
    'every mail was sent, and none twice',
    async () => {
      await until('the outbox is empty', SLOW_MS, async () => {
        // A mail that a killed process had taken is due again once its lease of 90 s is over: of old leases that time is let pass.
        await its.query(`UPDATE mail SET due_at = now() WHERE state = 'queued' AND due_at BETWEEN now() AND now() + interval '80 seconds'`);
        return (await its.query(`SELECT FROM mail WHERE state = 'queued'`)).length === 0;
      });
      // Asked first: one that is on its way meanwhile arrives before it is called sent.
      const sent = await its.query<{ message_id: string }>(`SELECT message_id FROM mail WHERE state = 'sent'`);
      const ids = smtp.received.map(({ messageId }) => messageId);
      expect(new Set(ids).size).toBe(ids.length);
      expect(sent.length).toBeGreaterThanOrEqual(people - PEOPLE_A_KILL);
      for (const { message_id: id } of sent) expect(ids).toContain(id);
    },
    VERY_SLOW_MS,
  );

  async function ready(): Promise<boolean> {
    const asked = await Promise.all([its.url, ...its.http].map((url) => fetch(`${url}/health/ready`).catch(() => undefined)));
    return asked.every((answer) => answer?.status === 200);
  }

  /** With one process gone without a word: the balancer finds out by the next request, and the download goes on. */
  async function goesOn(url: string, first: Buffer): Promise<string> {
    const asked = await Promise.all(Array.from({ length: 12 }, () => fetch(`${its.url}/api/v1/models`)));
    if (asked.some(({ status }) => status !== 200)) return JSON.stringify(tally(asked));
    return sha256(Buffer.concat([first, await bytesOf(url, 'bytes=3000000-')])) === sha256(WEIGHTS) ? 'whole' : 'other bytes';
  }

  /** Through nginx and wherever it leads. */
  async function bytesOf(url: string, range: string): Promise<Buffer> {
    const answer = await fetch(url, { headers: { range } });
    if (answer.status !== 206) throw new Error(`${answer.status}: ${await answer.text()}`);
    return Buffer.from(await answer.arrayBuffer());
  }
});
