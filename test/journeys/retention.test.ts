import { portalUnderTest } from '../support/portal-under-test.js';
import { accountOf } from '../support/privacy.js';
import { refusalIn } from '../support/problems.js';
import { until } from '../support/processes.js';

interface Counted {
  kind: string;
  rows: number;
  oldest: string | null;
  newest: string | null;
  held: number;
}

const LICENSEE = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };

describe('retention', () => {
  const its = portalUnderTest();
  const dryRun = async (input: object = {}) => (await its.admin.post<{ items: Counted[] }>('/retention/dry-run', input)).body.items;
  const countOf = async (kind: string, days?: number) => (await dryRun({ kind, ...(days !== undefined && { days }) }))[0]!;

  /** A request of somebody new, and the draft of another model that they left. */
  async function applicant() {
    const person = await its.person();
    const { body } = await person.post<{ id: string }>('/access-requests', {
      model: 'demo-llama',
      licensee: LICENSEE,
      answers: { purpose: 'x' },
    });
    return { person, request: body.id };
  }

  test('rules are those of the code until somebody sets others; publishers set theirs for acceptances alone', async () => {
    const { body } = await its.admin.get<{ items: { kind: string; publisher: string | null; days: number; state: string }[] }>(
      '/retention/rules',
    );
    expect(body.items).toContainEqual(expect.objectContaining({ kind: 'mail-bodies', publisher: null, days: 365, state: 'default' }));
    const set = await its.admin.post('/retention/rules', { kind: 'mail-bodies', days: 400 });
    expect(set.body).toMatchObject({ kind: 'mail-bodies', days: 400, state: 'set' });
    expect(refusalIn(await its.admin.post('/retention/rules', { kind: 'mail-bodies', days: -1 }))).toBe('400 malformed-request');
    expect(refusalIn(await its.admin.post('/retention/rules', { kind: 'everything', days: 1 }))).toBe('400 malformed-request');
    expect(refusalIn(await its.admin.post('/retention/rules', { kind: 'sealed-minimum', publisher: 'none', days: 1 }))).toBe(
      '404 not-found',
    );

    await its.admin.post('/publishers', { slug: 'own-rules', legalName: 'Own Rules Lab' });
    const publisher = await its.person();
    await its.admin.post('/roles', { email: publisher.email, role: 'publisher', publisher: 'own-rules' });
    const own = { publisher: 'own-rules', days: 730 };
    expect((await publisher.post('/retention/rules', { kind: 'sealed-minimum', ...own })).body).toMatchObject({ ...own, state: 'set' });
    expect(refusalIn(await publisher.post('/retention/rules', { kind: 'mail-bodies', ...own }))).toBe('400 malformed-request');
    expect(refusalIn(await publisher.post('/retention/rules', { kind: 'sealed-minimum', days: 1 }))).toBe('403 role-missing');
    const outsider = await its.person();
    expect(refusalIn(await outsider.get('/retention/rules'))).toBe('403 role-missing');
    expect(refusalIn(await outsider.post('/retention/dry-run', {}))).toBe('403 role-missing');
    expect(refusalIn(await outsider.post('/retention/rules', { kind: 'sealed-minimum', ...own }))).toBe('403 role-missing');
    const events = await its.database.query(`SELECT detail FROM event WHERE kind = 'retention-rule-set' ORDER BY id`);
    expect(events).toEqual([{ detail: { kind: 'mail-bodies', days: 400 } }, { detail: { kind: 'sealed-minimum', days: 730 } }]);
  });

  test('a dry run says how many rows a run would take, the oldest and the newest, and changes nothing', async () => {
    const requests = [];
    for (let n = 0; n < 3; n += 1) requests.push(await applicant());
    for (const [n, { request }] of requests.entries())
      await its.database.query(`UPDATE access_request SET updated_at = $2 WHERE id = $1`, [request, `2020-01-0${n + 1}T00:00:00Z`]);
    // Before the sweep comes: it takes drafts only once they are older than the rule says.
    await its.admin.post('/retention/rules', { kind: 'drafts', days: null });
    expect(await countOf('drafts')).toEqual({ kind: 'drafts', rows: 0, oldest: null, newest: null, held: 0 });
    const expected = { rows: 3, oldest: '2020-01-01T00:00:00.000Z', newest: '2020-01-03T00:00:00.000Z', held: 0 };
    expect(await countOf('drafts', 180)).toEqual({ kind: 'drafts', ...expected });
    expect(await countOf('drafts', 180)).toEqual({ kind: 'drafts', ...expected });
    expect((await dryRun()).map(({ kind }) => kind)).toHaveLength(7);
  });

  test('what is due is erased in runs that are events; a hold keeps what it covers', async () => {
    const held = await applicant();
    const free = await applicant();
    await its.database.query(`UPDATE access_request SET updated_at = '2020-02-01' WHERE id = ANY ($1)`, [[held.request, free.request]]);
    const account = await accountOf(its.database, held.person.email);
    const hold = await its.admin.post<{ id: string }>('/holds', { scope: 'account', subject: account, reason: 'A case is pending.' });
    const before = await countOf('drafts', 180);
    expect(before).toMatchObject({ rows: 4, held: 1 });
    await its.admin.post('/retention/rules', { kind: 'drafts', days: 180 });
    await until('the drafts are gone', 30_000, async () => (await countOf('drafts')).rows === 0);
    const states = await its.database.query<{ id: string; state: string; erased: boolean }>(
      `SELECT r.id, r.state, s.erased_at IS NOT NULL AS erased FROM access_request r JOIN sealed_record s ON s.id = r.answers_id WHERE r.id = ANY ($1) ORDER BY r.id`,
      [[held.request, free.request]],
    );
    expect(states).toEqual([
      { id: held.request, state: 'draft', erased: false },
      { id: free.request, state: 'withdrawn', erased: true },
    ]);
    const [run] = await its.database.query<{ detail: object }>(
      `SELECT detail FROM event WHERE kind = 'retention-run' AND detail->>'kind' = 'drafts'`,
    );
    expect(run!.detail).toEqual({ kind: 'drafts', days: 180, rows: before.rows });

    await its.admin.post(`/holds/${hold.body.id}/lift`, { reason: 'The case is closed.' });
    await until(
      'the held draft is gone',
      30_000,
      async () => (await held.person.get(`/access-requests/${held.request}`)).body['state'] === 'withdrawn',
    );
  });

  test('answers, letters, origins of sign-ins, presentations and referees each go after their days', async () => {
    const { person, request } = await applicant();
    await person.post(`/access-requests/${request}/submit`);
    await its.admin.post(`/access-requests/${request}/reject`, { reason: 'No.' });
    await person.post('/presentations', { model: 'demo-llama-assent' });
    const account = await accountOf(its.database, person.email);
    await its.database.query(`UPDATE access_request SET updated_at = '2020-01-01', appeal_until = '2020-02-01' WHERE id = $1`, [request]);
    await its.database.query(`UPDATE session SET created_at = '2020-01-01' WHERE account_id = $1`, [account]);
    await its.database.query(`UPDATE mail SET created_at = '2020-01-01' WHERE account_id = $1`, [account]);
    await until('all are gone', 30_000, async () => {
      const counted = await dryRun();
      const [left] = await its.database.query<{ left: number }>(
        `SELECT (SELECT count(*) FROM session WHERE account_id = $1 AND origin IS NOT NULL)::int
           + (SELECT count(*) FROM mail WHERE account_id = $1 AND created_at < '2021-01-01' AND (body <> '' OR recipient <> ''))::int
           + (SELECT count(*) FROM sealed_record s JOIN access_request r ON r.answers_id = s.id WHERE r.id = $2 AND s.erased_at IS NULL)::int AS left`,
        [account, request],
      );
      return left!.left === 0 && counted.every(({ rows }) => rows === 0);
    });
    // Whoever looks at it later finds it without its answers, and no fault.
    expect((await its.admin.get(`/access-requests/${request}`)).body).toMatchObject({ state: 'rejected', answers: {} });
    expect((await person.get('/sessions')).status).toBe(200);
    expect((await its.admin.get('/mail')).status).toBe(200);
    expect((await person.get('/me/export')).status).toBe(200);
  });

  test('a letter that has not left is no matter of its age', async () => {
    const { person } = await applicant();
    const account = await accountOf(its.database, person.email);
    await its.database.query(
      `UPDATE mail SET state = 'queued', due_at = now() + interval '1 day', created_at = '2020-01-01' WHERE account_id = $1`,
      [account],
    );
    expect(await countOf('mail-bodies')).toMatchObject({ rows: 0, held: 0 });
  });

  test('a hold names what there is, and is an administrator’s', async () => {
    const person = await its.person();
    const account = await accountOf(its.database, person.email);
    const hold = { scope: 'account', subject: account, reason: 'Because.' };
    expect(refusalIn(await person.post('/holds', hold))).toBe('403 role-missing');
    expect(refusalIn(await person.get('/holds'))).toBe('403 role-missing');
    expect(refusalIn(await its.admin.post('/holds', { ...hold, scope: 'publisher' }))).toBe('404 not-found');
    expect(refusalIn(await its.admin.post('/holds', { ...hold, scope: 'session' }))).toBe('400 malformed-request');
    expect(refusalIn(await its.admin.post('/holds', { ...hold, reason: ' ' }))).toBe('400 malformed-request');
    const { body } = await its.admin.post<{ id: string }>('/holds', hold);
    const listed = await its.admin.get<{ items: object[] }>(`/holds?state=open&subject=${account}`);
    expect(listed.body.items).toMatchObject([{ id: body.id, state: 'open', reason: 'Because.' }]);
    expect(refusalIn(await person.post(`/holds/${body.id}/lift`, { reason: 'Mine.' }))).toBe('403 role-missing');
  });

  test('the database holds an erasure to its one way', async () => {
    const account = await accountOf(its.database, (await its.person()).email);
    await its.database.query(`INSERT INTO erasure (account_id, state, check_at) VALUES ($1, 'erased', 'infinity')`, [account]);
    await expect(its.database.query(`UPDATE erasure SET state = 'ended' WHERE account_id = $1`, [account])).rejects.toMatchObject({
      code: '23001',
    });
    await expect(its.database.query('DELETE FROM erasure WHERE account_id = $1', [account])).rejects.toMatchObject({ code: '23001' });
  });
});
