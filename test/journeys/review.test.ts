import type { Person } from '../support/person.js';
import { ageRow, portalUnderTest } from '../support/portal-under-test.js';
import { publishModel } from '../support/licenses.js';
import { problemIn, refusalIn } from '../support/problems.js';

interface Listed {
  items: { id: string; state: string; applicant: string; assignedTo: string | null }[];
  nextCursor: string | null;
}

describe('reviewing', () => {
  const its = portalUnderTest();
  let rita: Person & { email: string };
  let ralf: Person & { email: string };
  let models = 0;

  beforeAll(async () => {
    rita = await its.person('Rita Reviewer');
    ralf = await its.person('Ralf Reviewer');
  });

  const model = async (terms: object = {}) => {
    const slug = `reviewed-${(models += 1)}`;
    await publishModel(its.admin, slug, 'application');
    await its.admin.post(`/models/${slug}/terms`, { admission: 'application', license: `${slug}-license`, ...terms });
    for (const { email } of [rita, ralf]) await its.admin.post('/roles', { email, role: 'reviewer', model: slug });
    return slug;
  };
  const submitted = async (slug: string, name = 'Ada Lovelace') => {
    const person = await its.person(name);
    const licensee = { kind: 'individual', legalName: name, country: 'GB' };
    const { body } = await person.post<{ id: string }>('/access-requests', { model: slug, licensee });
    await person.post(`/access-requests/${body.id}/submit`);
    return { person, id: body.id };
  };
  const queue = async (reviewer: Person, filter: string) => (await reviewer.get<Listed>(`/access-requests?scope=review&${filter}`)).body;
  const standing = async ({ person, id }: { person: Person; id: string }) =>
    (await person.get<{ queue: { position: number; wait: object | null } | null }>(`/access-requests/${id}`)).body.queue;

  test('the queue is filtered, ordered and paged; nobody sees the requests of a model that they do not review', async () => {
    const slug = await model();
    const [a, b, c] = [await submitted(slug, 'Ada One'), await submitted(slug, 'Ben 100%'), await submitted(slug, 'Cy Three')];
    await rita.post(`/access-requests/${b.id}/reject`, { reason: 'No.' });
    const ids = async (filter: string) => (await queue(rita, `model=${slug}&${filter}`)).items.map(({ id }) => id);
    expect(await ids('order=waiting')).toEqual([a.id, b.id, c.id]);
    expect(await ids('order=newest')).toEqual([c.id, b.id, a.id]);
    expect(await ids('awaiting=true&order=waiting')).toEqual([a.id, c.id]);
    expect(await ids('state=rejected')).toEqual([b.id]);
    expect(await ids('q=100%25')).toEqual([b.id]);
    expect(await ids('q=_')).toEqual([]);
    const first = await queue(rita, `model=${slug}&order=waiting&limit=2`);
    expect(await ids(`order=waiting&limit=2&cursor=${first.nextCursor}`)).toEqual([c.id]);
    expect((await queue(await its.person(), 'limit=200')).items).toEqual([]);
    expect(refusalIn(await (await rita.withToken(['read'])).get('/access-requests?scope=review'))).toBe('403 session-required');
  });

  test('a draft is nobody’s to review, nor is one that was withdrawn before it was sent', async () => {
    const slug = await model();
    const ada = await its.person();
    const licensee = { kind: 'individual', legalName: 'Ada', country: 'GB' };
    const { body } = await ada.post<{ id: string }>('/access-requests', { model: slug, licensee, answers: { purpose: 'half a thought' } });
    for (const command of ['', '/withdraw']) {
      if (command) await ada.post(`/access-requests/${body.id}${command}`);
      expect((await queue(rita, `model=${slug}`)).items).toEqual([]);
      expect(refusalIn(await rita.get(`/access-requests/${body.id}/review`))).toBe('404 not-found');
    }
  });

  test('a request goes to one reviewer and back; only to whoever could decide it', async () => {
    const slug = await model();
    const { person, id } = await submitted(slug);
    expect(refusalIn(await person.post(`/access-requests/${id}/assign`, { reviewer: rita.email }))).toBe('403 role-missing');
    const stranger = await its.person();
    expect(refusalIn(await stranger.post(`/access-requests/${id}/assign`, { reviewer: rita.email }))).toBe('404 not-found');
    expect(refusalIn(await rita.post(`/access-requests/${id}/assign`, { reviewer: stranger.email }))).toBe('422 reviewer-unfit');
    expect((await rita.post(`/access-requests/${id}/assign`, { reviewer: ralf.email })).status).toBe(200);
    const mine = async (reviewer: Person) =>
      (await queue(reviewer, `model=${slug}&assigned=me`)).items.map((item) => [item.id, item.assignedTo]);
    expect([await mine(ralf), await mine(rita)]).toEqual([[[id, 'Ralf Reviewer']], []]);
    await ralf.post(`/access-requests/${id}/assign`, { reviewer: null });
    expect((await queue(rita, `model=${slug}&assigned=nobody`)).items).toHaveLength(1);
    await rita.post(`/access-requests/${id}/review`);
    expect(await mine(rita)).toEqual([[id, 'Rita Reviewer']]);
    await rita.post(`/access-requests/${id}/reject`, { reason: 'No.' });
    expect(refusalIn(await rita.post(`/access-requests/${id}/assign`, { reviewer: null }))).toBe('409 request-state');
  });

  test('notes are for reviewers: the applicant never reads them, and they are sealed', async () => {
    const slug = await model();
    const { person, id } = await submitted(slug);
    expect((await rita.post(`/access-requests/${id}/notes`, { text: 'Ask about <the lab>.' })).status).toBe(201);
    expect((await ralf.get(`/access-requests/${id}/review`)).body).toMatchObject({
      fields: [],
      notes: [{ by: 'Rita Reviewer', text: 'Ask about <the lab>.' }],
      approvals: { given: 0, needed: 1 },
    });
    expect(refusalIn(await person.get(`/access-requests/${id}/review`))).toBe('404 not-found');
    expect(refusalIn(await person.post(`/access-requests/${id}/notes`, { text: 'x' }))).toBe('404 not-found');
    expect((await person.get(`/access-requests/${id}`)).text).not.toContain('Ask about');
    const rows = await its.database.query<{ sealed: string }>(
      `SELECT encode(ciphertext, 'escape') AS sealed FROM sealed_record WHERE kind = 'note'`,
    );
    expect(rows.map(({ sealed }) => sealed).join()).not.toContain('Ask about');
    await expect(its.database.query('DELETE FROM review_note')).rejects.toThrow('append-only');
  });

  test('reviewers do not read notes on their own request', async () => {
    const slug = await model();
    const licensee = { kind: 'individual', legalName: 'Rita', country: 'GB' };
    const { body } = await rita.post<{ id: string }>('/access-requests', { model: slug, licensee });
    await rita.post(`/access-requests/${body.id}/submit`);
    expect(refusalIn(await rita.get(`/access-requests/${body.id}/review`))).toBe('403 own-request');
    expect(refusalIn(await ralf.post(`/access-requests/${body.id}/assign`, { reviewer: rita.email }))).toBe('422 reviewer-unfit');
  });

  test('what was never sent is the applicant’s alone', async () => {
    const slug = await model();
    const ada = await its.person();
    const licensee = { kind: 'individual', legalName: 'Ada', country: 'GB' };
    const { body } = await ada.post<{ id: string }>('/access-requests', { model: slug, licensee });
    for (const path of ['', '/review']) expect(refusalIn(await rita.get(`/access-requests/${body.id}${path}`))).toBe('404 not-found');
    expect(refusalIn(await rita.post(`/access-requests/${body.id}/approve`))).toBe('409 request-state');
  });

  test('reasons are kept for reuse by the reviewers of a publisher', async () => {
    const slug = await model();
    const template = { publisher: 'demo-lab', outcome: 'return', title: 'Purpose', reason: 'Say which experiments you plan.' };
    expect(refusalIn(await rita.post('/reason-templates', template))).toBe('403 role-missing');
    const { body } = await its.admin.post<{ id: string }>('/reason-templates', template);
    const { id } = await submitted(slug);
    expect((await rita.get(`/access-requests/${id}/review`)).body).toMatchObject({ templates: [template] });
    expect((await rita.get('/reason-templates')).body).toMatchObject({ items: [template] });
    expect((await (await its.person()).get('/reason-templates')).body).toMatchObject({ items: [] });
    expect((await its.admin.call('DELETE', `/reason-templates/${body.id}`, {})).status).toBe(204);
    expect((await rita.get('/reason-templates')).body).toMatchObject({ items: [] });
  });

  test('many decisions in one call: each for itself, each with its event, and a refusal undoes no other', async () => {
    const slug = await model();
    const requests = await Promise.all(Array.from({ length: 6 }, () => submitted(slug)));
    const [first, second] = requests;
    await first!.person.post(`/access-requests/${first!.id}/withdraw`);
    const seen = { answersHash: 'f'.repeat(64) };
    const answer = await rita.post<{ items: { id: string; result: string; problem?: { code: string } }[]; done: number }>('/decisions', {
      command: 'approve',
      requests: requests.map(({ id }) => (id === second!.id ? { id, seen } : { id })),
    });
    expect(answer.body).toMatchObject({ done: 4, refused: 2 });
    expect(answer.body.items.map(({ id }) => id)).toEqual(requests.map(({ id }) => id));
    expect(answer.body.items.slice(0, 2).map(({ problem }) => problem?.code)).toEqual(['request-state', 'seen-outdated']);
    const [events] = await its.database.query<{ n: string }>(
      `SELECT count(DISTINCT subject_id) AS n FROM event WHERE kind = 'request-approve' AND subject_id = ANY ($1)`,
      [requests.map(({ id }) => id)],
    );
    expect(Number(events!.n)).toBe(4);
    const [entries] = await its.database.query<{ n: string }>(
      `SELECT count(*) AS n FROM ledger_entry e JOIN decision d ON d.id = e.subject_id WHERE d.request_id = ANY ($1)`,
      [requests.map(({ id }) => id)],
    );
    expect(Number(entries!.n)).toBe(4);
  });

  test('a bulk decision of others’ requests, of too many, of one twice, or by a token, changes nothing', async () => {
    const slug = await model();
    const { person, id } = await submitted(slug);
    const decide = (by: Person, requests: { id: string }[], command = 'approve') =>
      by.post<{ items: { problem: { code: string } }[] }>('/decisions', { command, requests });
    expect((await decide(await its.person(), [{ id }])).body.items[0]!.problem.code).toBe('not-found');
    expect((await decide(person, [{ id }])).body.items[0]!.problem.code).toBe('role-missing');
    expect(refusalIn(await decide(rita, [{ id }, { id }]))).toBe('400 malformed-request');
    expect(
      refusalIn(
        await decide(
          rita,
          Array.from({ length: 1001 }, () => ({ id: crypto.randomUUID() })),
        ),
      ),
    ).toBe('400 malformed-request');
    expect(refusalIn(await decide(rita, [{ id }], 'withdraw'))).toBe('400 malformed-request');
    expect(refusalIn(await decide(await rita.withToken(['request']), [{ id }]))).toBe('403 session-required');
    expect((await decide(rita, [{ id }], 'reject')).body.items[0]!.problem.code).toBe('malformed-request');
    expect(await its.database.query('SELECT 1 FROM decision WHERE request_id = $1', [id])).toEqual([]);
  });

  test('the applicant sees the place in the queue: only who awaits a person counts, and a returned one keeps its place', async () => {
    const slug = await model({ approvals: 2 });
    const [a, b, c] = [await submitted(slug), await submitted(slug), await submitted(slug)];
    expect([await standing(a), await standing(b), await standing(c)]).toEqual([1, 2, 3].map((position) => ({ position, wait: null })));
    await rita.post(`/access-requests/${a.id}/return`, { reason: 'Say more.' });
    expect([(await standing(a))!.position, (await standing(c))!.position]).toEqual([1, 2]);
    await a.person.post(`/access-requests/${a.id}/submit`);
    expect([(await standing(a))!.position, (await standing(c))!.position]).toEqual([1, 3]);
    await b.person.post(`/access-requests/${b.id}/withdraw`);
    expect([await standing(b), (await standing(c))!.position]).toEqual([null, 2]);
  });

  test('the usual wait is told from twenty decisions on', async () => {
    const slug = await model();
    const requests = await Promise.all(Array.from({ length: 21 }, () => submitted(slug)));
    const [last, ...decided] = requests;
    const bulk = (some: typeof requests) =>
      rita.post('/decisions', { command: 'reject', reason: 'No.', requests: some.map(({ id }) => ({ id })) });
    await bulk(decided.slice(1));
    expect((await standing(last!))!.wait).toBeNull();
    await bulk(decided.slice(0, 1));
    const ids = decided.map(({ id }) => `'${id}'`).join();
    await ageRow(
      its.database,
      'decision',
      `created_at = (SELECT submitted_at FROM access_request WHERE id = request_id) + interval '1 hour'`,
      `request_id IN (${ids})`,
    );
    expect((await standing(last!))!.wait).toEqual({ median: 3600, p90: 3600, decisions: 20 });
  });

  test('a university applicant, returned once, approved by two reviewers, renewed', async () => {
    const slug = await model({ approvals: 2 });
    const ada = await submitted(slug);
    expect(problemIn(await rita.post(`/access-requests/${ada.id}/return`, { reason: ' ' })).code).toBe('malformed-request');
    await rita.post(`/access-requests/${ada.id}/return`, { reason: 'Name your supervisor.' });
    await ada.person.call('PATCH', `/access-requests/${ada.id}`, { body: { answers: { supervisor: 'Mary Somerville' } } });
    await ada.person.post(`/access-requests/${ada.id}/submit`);
    expect((await rita.post(`/access-requests/${ada.id}/approve`)).body).toMatchObject({ state: 'in-review' });
    expect(refusalIn(await rita.post(`/access-requests/${ada.id}/approve`))).toBe('409 request-state');
    expect((await rita.get(`/access-requests/${ada.id}/review`)).body).toMatchObject({ approvals: { given: 1, needed: 2 } });
    expect((await ralf.post(`/access-requests/${ada.id}/approve`)).body).toMatchObject({ state: 'approved' });
    const grant = await ada.person.accept(slug);
    const until = async () => Date.parse((await ada.person.get<{ until: string }>(`/grants/${grant}`)).body.until);
    const before = await until();
    const licensee = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };
    const renewal = { model: slug, kind: 'renewal', licensee, useStatement: 'One thesis; the weights stayed on two machines.' };
    const { body } = await ada.person.post<{ id: string }>('/access-requests', renewal);
    await ada.person.post(`/access-requests/${body.id}/submit`);
    for (const reviewer of [rita, ralf]) await reviewer.post(`/access-requests/${body.id}/approve`);
    expect((await until()) - before).toBe(365 * 86_400_000);
  });
});
