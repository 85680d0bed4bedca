import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { WEBHOOK_KINDS } from '@paddock/domain';
import { cephRgwPrograms, cephRgwRemedy } from '../support/ceph-rgw.js';
import { startPaddock } from '../support/command-line.js';
import { nginxRemedy } from '../support/nginx.js';
import { describeWithPeer } from '../support/peers.js';
import { until } from '../support/processes.js';
import { publishModel } from '../support/publication.js';
import { PublicLogReader } from '../support/public-log.js';
import { startSeveral, type SeveralProcesses } from '../support/several-processes.js';
import { TestSmtpServer } from '../support/smtp-server.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';
import { brokenPromises, type Holdings, type Upset } from './history.js';
import { Load } from './load.js';
import { ratesOfOneAndTwo, tableOf } from './report.js';
import { upsetsOf, type UpsetKind } from './upsets.js';

/** How often each part is upset: by `npm run soak` 20 times, killed and cut off in turn; in CI each is cut off once. */
const ROUNDS = Number(process.env['PADDOCK_SOAK_ROUNDS'] ?? 1);
/** Where the result is left, and what is measured at all. */
const REPORT = process.env['PADDOCK_SOAK_REPORT'];
const CLIENTS = 4;
const BYTES = randomBytes(300_000);
const MODEL = 'soak';
const BREATH_MS = 1000;
const SLOW_MS = 120_000;

describeWithPeer('a soak', [...cephRgwPrograms, 'redis-server', 'nginx'], `${cephRgwRemedy} redis-server; ${nginxRemedy}`, () => {
  let its: SeveralProcesses;
  let smtp: TestSmtpServer;
  let receiver: WebhookReceiver;
  let load: Load;
  let measured: Load;
  const upsets: Upset[] = [];

  beforeAll(async () => {
    [smtp, receiver] = await Promise.all([TestSmtpServer.start(), WebhookReceiver.start()]);
    its = await startSeveral({
      PADDOCK_SMTP_URL: smtp.url,
      PADDOCK_MAIL_FROM: 'portal@lab.example',
      PADDOCK_OUTGOING_ALLOW_PRIVATE: 'true',
      PADDOCK_CHROMIUM: 'none',
    });
    const admin = await its.admin();
    await publishModel(admin, { slug: MODEL, admission: 'assent', files: { 'weights.bin': BYTES } });
    await admin.post('/webhooks', { url: receiver.url('/'), kinds: WEBHOOK_KINDS });
    const hash = await infoHash();
    const loadBy = (people: string) =>
      new Load({ url: its.url, model: MODEL, bytes: BYTES, infoHash: hash, clients: CLIENTS, admin, people });
    [load, measured] = [loadBy('soak'), loadBy('measured')];
  }, SLOW_MS * 2);
  afterAll(async () => {
    await its?.stop();
    await Promise.all([smtp?.stop(), receiver?.stop()]);
  });

  test(
    'keeps every promise, whatever is killed or cut off under load',
    async () => {
      const log = new PublicLogReader(its.url);
      let older = await log.checkpointOf(1);
      const rates = REPORT ? await ratesOfOneAndTwo(its, measured) : undefined;
      load.start();
      await setTimeout(BREATH_MS);
      for (let round = 0; round < ROUNDS; round += 1)
        for (const upset of upsetsOf(its, ROUNDS > 1 && round % 2 === 0 ? 'kill' : 'cut')) {
          await passes(upset);
          older = await log.expectConsistent(older);
        }
      await load.stop();
      await settled();
      const broken = brokenPromises(load.history, upsets, await holdings());
      if (REPORT) await writeFile(REPORT, JSON.stringify({ rounds: ROUNDS, rates, table: tableOf(load.history, upsets), broken }));
      expect(broken).toEqual([]);
      expect(receiver.received.length).toBeGreaterThan(0);
      for (const what of ['catalog', 'request', 'acceptance', 'link', 'download', 'announce', 'audit', 'revocation'])
        expect([what, load.history.some((one) => one.what === what && one.status! < 300)]).toEqual([what, true]);
      const checked = await startPaddock(its.url, undefined, ['ledger', 'check'], its.env).ended;
      expect(checked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+ entries: the ledger is whole\n$/) });
    },
    SLOW_MS * (1 + 5 * ROUNDS),
  );

  /** What happened, and that everything answers again. */
  async function passes({ what, begin, end }: UpsetKind): Promise<void> {
    const upset = { what, from: Date.now(), until: Infinity };
    upsets.push(upset);
    await begin();
    await setTimeout(BREATH_MS);
    await end();
    await until(`all is ready after ${what}`, SLOW_MS, everythingAnswers);
    upset.until = Date.now();
    await setTimeout(BREATH_MS);
  }

  async function everythingAnswers(): Promise<boolean> {
    const asked = [its.url, ...its.http].map((url) => fetch(`${url}/health/ready`).catch(() => undefined));
    return (await Promise.all(asked)).every((answer) => answer?.status === 200);
  }

  /** All that is due was done. Of a lease that a killed process left, the time is let pass. */
  async function settled(): Promise<void> {
    await until('nothing waits any more', SLOW_MS, async () => {
      await its.query(`UPDATE mail SET due_at = now() WHERE state = 'queued' AND due_at BETWEEN now() AND now() + interval '80 seconds'`);
      await its.query(
        `UPDATE webhook_delivery SET due_at = now() WHERE state = 'pending' AND last_attempt_at < now() - interval '10 seconds'`,
      );
      const [row] = await its.query<{ n: number }>(`SELECT (SELECT count(*) FROM mail WHERE state = 'queued')::int
        + (SELECT count(*) FROM webhook_delivery WHERE state = 'pending')::int
        + (SELECT count(*) FROM ledger_entry e WHERE NOT EXISTS (SELECT FROM entry_index i WHERE i.entry_id = e.id))::int AS n`);
      return row!.n === 0;
    });
  }

  async function holdings(): Promise<Holdings> {
    const ids = async (text: string) => new Set((await its.query<{ id: string }>(text)).map(({ id }) => id));
    return {
      acceptances: await ids(`SELECT a.id FROM acceptance a JOIN ledger_entry e ON e.subject_id = a.id AND e.kind = 'acceptance'
        JOIN entry_index i ON i.entry_id = e.id GROUP BY a.id HAVING count(*) = 1`),
      requests: await ids(`SELECT id FROM access_request WHERE state <> 'draft'`),
      links: await ids(`SELECT l.id FROM link l JOIN access_grant g ON g.id = l.grant_id
        JOIN event e ON e.subject_id = l.id AND e.kind = 'link-issued' GROUP BY l.id HAVING count(*) = 1`),
      mails: smtp.received.map(({ messageId }) => messageId),
      webhooks: receiver.received.map(({ id, payload, at }) => ({ id, content: payload, at })),
    };
  }

  /** As a query carries it. */
  async function infoHash(): Promise<string> {
    const [row] = await its.query<{ hash: string }>(
      `SELECT encode(t.info_hash_v1, 'hex') AS hash FROM torrent t JOIN release r ON r.id = t.release_id JOIN model m ON m.id = r.model_id WHERE m.slug = '${MODEL}'`,
    );
    return row!.hash.replaceAll(/../g, '%$&');
  }
});
