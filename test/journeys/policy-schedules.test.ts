import { policyPage, startChangingPage, type ChangingPage } from '../support/changing-page.js';
import { publishModel } from '../support/licenses.js';
import { portalUnderTest, type PortalUnderTest } from '../support/portal-under-test.js';
import { startTimestampAuthority, type TimestampAuthority } from '../support/timestamp-authority.js';

interface Snapshot {
  state: string;
  effectiveFrom: string;
  reacceptFrom: string | null;
  timestamps: { authority: string; at: string; token: string }[];
  url: string;
}

async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((wake) => setTimeout(wake, 200))) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error('not within 20 seconds');
}

let authority: TimestampAuthority;
let source: ChangingPage;
const env: Record<string, string> = {
  PADDOCK_CAPTURE_ALLOW_LOOPBACK: 'true',
  PADDOCK_CHROMIUM: 'none',
  PADDOCK_OUTGOING_ALLOW_PRIVATE: 'true',
};
beforeAll(async () => {
  [authority, source] = await Promise.all([startTimestampAuthority(), startChangingPage()]);
  env['PADDOCK_TIMESTAMP_URL'] = authority.url;
  env['PADDOCK_TIMESTAMP_CA_FILE'] = `${authority.folder}/root.pem`;
});
const under: PortalUnderTest = portalUnderTest(env);
afterAll(() => Promise.all([authority.stop(), source.stop()]));

const mailTo = async (email: string, subject: string) => {
  const rows = await under.database.query<{ body: string }>('SELECT body FROM mail WHERE recipient = $1 AND subject = $2', [
    email,
    subject,
  ]);
  return rows.length > 0 ? rows.map(({ body }) => body) : undefined;
};

describe('a policy with a schedule and a standing rule', () => {
  const newest = async () => (await under.admin.get<{ items: Snapshot[] }>('/policies/use-policy/snapshots')).body.items[0];
  /** As if its hour had come. */
  const due = () => under.database.query(`UPDATE policy SET next_capture_at = now() WHERE slug = 'use-policy'`);

  test('is captured when it is due, in force by its rule, and stamped by the authority', async () => {
    source.show(policyPage());
    const standingRule = { afterDays: 0, reacceptance: 'by-date', acceptWithinDays: 7 };
    await under.admin.post('/policies', {
      slug: 'use-policy',
      title: 'Use policy',
      sourceUrl: source.url,
      schedule: 'daily',
      standingRule,
    });
    await due();
    const stamped = await until(async () => await newest().then((one) => (one && one.timestamps.length > 0 ? one : undefined)));
    expect(stamped).toMatchObject({ state: 'effective', timestamps: [{ authority: authority.url }] });
    expect(Date.parse(stamped.reacceptFrom!) - Date.parse(stamped.effectiveFrom)).toBe(7 * 86_400_000);
    const token = Buffer.from(await (await fetch(stamped.timestamps[0]!.token)).arrayBuffer());
    expect(token[0]).toBe(0x30);
    const [{ hours }] = (await under.database.query<{ hours: number }>(
      `SELECT extract(epoch FROM next_capture_at - now())::float8 / 3600 AS hours FROM policy WHERE slug = 'use-policy'`,
    )) as [{ hours: number }];
    expect(hours).toBeGreaterThan(23);
  });

  test('lends its time stamp to the evidence of whoever accepts what refers to it', async () => {
    await publishModel(under.admin, 'stamped', 'assent', { policies: ['use-policy'] });
    const ada = await under.person();
    await ada.accept('stamped');
    const [{ id }] = (await under.database.query<{ id: string }>('SELECT id FROM acceptance')) as [{ id: string }];
    const { timestamps } = await until(async () => {
      const answer = await ada.get<{ timestamps: { sha256: string; token: string }[] }>(`/acceptances/${id}/evidence.json`);
      return answer.status === 200 ? answer.body : undefined;
    });
    const { timestamps: stamps, url } = (await newest())!;
    const token = Buffer.from(await (await fetch(stamps[0]!.token)).arrayBuffer()).toString('base64');
    expect(timestamps).toEqual([{ sha256: url.split('/').at(-1), token }]);
  });

  test('alerts its staff once for a row of failures', async () => {
    source.show('gone', 500);
    await until(async () => {
      // Again and again: a capture that is being written down names the next hour last.
      await due();
      const [{ count }] = (await under.database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM capture WHERE outcome = 'failed'`,
      )) as [{ count: number }];
      return count >= 2 || undefined;
    });
    expect(await mailTo('admin@example.org', 'Use policy could not be captured')).toHaveLength(1);
  });
});

describe('a text that will bind', () => {
  test('is announced once to each licensee who accepted an earlier one', async () => {
    const [ada, other] = [await under.person(), await under.person()];
    await ada.obtainGrant(under.admin);
    await ada.accept('demo-llama-assent');
    await under.admin.post('/policies/sample-acceptable-use/texts', { text: 'Be kind to all.', reacceptance: 'at-once' });
    const [letter] = await until(() => mailTo(ada.email, 'A new text of Sample Acceptable Use Policy'));
    expect(letter).toContain('read what changed and accepted it');
    await until(async () => (await under.database.query(`SELECT FROM text_announcement WHERE done_at IS NULL`)).length === 0 || undefined);
    expect(await mailTo(ada.email, 'A new text of Sample Acceptable Use Policy')).toHaveLength(1);
    expect(await mailTo(other.email, 'A new text of Sample Acceptable Use Policy')).toBeUndefined();
  });
});
