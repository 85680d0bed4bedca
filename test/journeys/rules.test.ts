import type { Rule } from '@paddock/domain';
import { applicantsByToken } from '../support/applicants.js';
import { publishModel } from '../support/licenses.js';
import type { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn } from '../support/problems.js';

const RULES: Rule[] = [
  {
    id: 'military',
    when: { fact: 'answers.use', is: 'equals', value: 'military' },
    do: 'reject',
    reason: 'The license forbids military use.',
  },
  { id: 'large', when: { fact: 'answers.users', is: 'at-least', value: 1_000_000 }, do: 'route' },
  {
    id: 'university',
    when: {
      all: [
        { fact: 'answers.use', is: 'equals', value: 'research' },
        { fact: 'trust.institutionalMail', is: 'equals', value: true },
      ],
    },
    do: 'approve',
  },
];

describe('rules that decide', () => {
  const its = portalUnderTest();
  let models = 0;

  const modelWith = async (rules: object[] | undefined, terms: object = {}) => {
    const model = `ruled-${(models += 1)}`;
    await publishModel(its.admin, model, 'application');
    await its.admin.post(`/models/${model}/terms`, { admission: 'application', license: `${model}-license`, ...terms });
    if (rules) await switchOn(model, rules);
    return model;
  };
  const switchOn = async (model: string, rules: object[]) => {
    const { body } = await its.admin.post<{ n: number }>(`/models/${model}/rules`, { rules });
    await its.admin.post(`/models/${model}/rules/${body.n}/dry-run`);
    return its.admin.post(`/models/${model}/rules/switch`, { n: body.n });
  };
  let people = 0;
  const applicant = async (domain: string, verified = true) => {
    const email = `applicant-${(people += 1)}@${domain}`;
    const person = Object.assign(await its.portal.person(email), { email });
    if (verified)
      await its.database.query('UPDATE account SET verified_at = now() WHERE id = (SELECT account_id FROM person WHERE email = $1)', [
        email,
      ]);
    return person;
  };
  const submit = async (person: Person, model: string, answers: object) => {
    const licensee = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };
    const { body } = await person.post<{ id: string }>('/access-requests', { model, licensee, answers });
    return person.post<{ id: string; state: string; decisions: { reason: string }[] }>(`/access-requests/${body.id}/submit`);
  };
  const lettersTo = async (email: string) =>
    (await its.database.query<{ subject: string }>('SELECT subject FROM mail WHERE recipient = $1 ORDER BY created_at', [email])).map(
      ({ subject }) => subject,
    );

  test('the first rule that holds decides, and says which it was', async () => {
    const model = await modelWith(RULES);
    const ada = await applicant('physics.ox.ac.uk');
    const approved = await submit(ada, model, { use: 'research' });
    expect(approved.body.state).toBe('approved');
    const rejected = await submit(await applicant('example.org'), model, { use: 'military' });
    expect(rejected.body).toMatchObject({ state: 'rejected', decisions: [{ reason: 'The license forbids military use.' }] });
    const decisions = await its.database.query(
      'SELECT outcome, account_id, rule_version FROM decision WHERE request_id = ANY ($1) ORDER BY created_at',
      [[approved.body.id, rejected.body.id]],
    );
    expect(decisions).toEqual([
      { outcome: 'approve', account_id: null, rule_version: 'rules 1, university' },
      { outcome: 'reject', account_id: null, rule_version: 'rules 1, military' },
    ]);
    expect(await lettersTo(ada.email)).toEqual(['Confirm your e-mail address', `Your request for ${model} is approved`]);
    expect(await ada.accept(model)).toMatch(/-/);
  });

  test('a typed address proves nothing: without confirmation the request goes to a person', async () => {
    const model = await modelWith(RULES);
    const ada = await applicant('physics.ox.ac.uk', false);
    expect((await submit(ada, model, { use: 'research' })).body.state).toBe('submitted');
    expect(await lettersTo(ada.email)).toContain(`Your request for ${model} has arrived`);
  });

  test('hints are told to reviewers as the rules see them', async () => {
    const model = await modelWith(undefined);
    const [first, second] = [await applicant('cs.cam.ac.uk'), await applicant('cs.cam.ac.uk')];
    await submit(first, model, {});
    const { body } = await submit(second, model, {});
    expect((await its.admin.get(`/access-requests/${body.id}/review`)).body).toMatchObject({
      hints: {
        mailDomain: 'cs.cam.ac.uk',
        institutionalMail: true,
        orcid: false,
        earlierGrants: 0,
        revokedGrants: 0,
        organizationRequests: 1,
      },
    });
    const free = await submit(await applicant('free-mail.example'), model, {});
    await submit(await applicant('free-mail.example'), model, {});
    expect((await its.admin.get(`/access-requests/${free.body.id}/review`)).body).toMatchObject({
      hints: { institutionalMail: false, organizationRequests: 0 },
    });
  });

  test('a rule that meets what it was not made for sends the request to a person, and says so', async () => {
    const model = await modelWith(RULES);
    const { body } = await submit(await applicant('ox.ac.uk'), model, { use: 'research', users: 'many' });
    expect(body.state).toBe('submitted');
    expect(await its.database.query(`SELECT code, detail FROM event WHERE kind = 'rule-fault' AND subject_id = $1`, [body.id])).toEqual([
      { code: null, detail: { rule: 'rules 1, large', fault: 'answers.users is no number' } },
    ]);
  });

  test('a route assigns; whoever is no reviewer any more gets nothing', async () => {
    const reviewer = await its.person('Rita Reviewer');
    const model = await modelWith([{ id: 'all', when: { all: [] }, do: 'route', assign: reviewer.email }]);
    const assigned = async (id: string) =>
      (await its.admin.get<{ assignedTo: string | null }>(`/access-requests/${id}/review`)).body.assignedTo;
    expect(await assigned((await submit(await applicant('a.example'), model, {})).body.id)).toBeNull();
    await its.admin.post('/roles', { email: reviewer.email, role: 'reviewer', model });
    expect(await assigned((await submit(await applicant('a.example'), model, {})).body.id)).toBe('Rita Reviewer');
  });

  test('where two people must approve, rules do not; an appeal is never decided by a rule', async () => {
    const two = await modelWith([{ id: 'all', when: { all: [] }, do: 'approve' }], { approvals: 2 });
    expect((await submit(await applicant('a.example'), two, {})).body.state).toBe('submitted');
    const strict = await modelWith([{ id: 'all', when: { all: [] }, do: 'reject', reason: 'No.' }]);
    const ada = await applicant('a.example');
    const { body } = await submit(ada, strict, {});
    expect(body.state).toBe('rejected');
    await ada.post(`/access-requests/${body.id}/appeal`, { reason: 'Look again.' });
    await its.admin.post(`/access-requests/${body.id}/return`, { reason: 'Say more.' });
    expect((await ada.post(`/access-requests/${body.id}/submit`)).body).toMatchObject({ state: 'submitted' });
    expect((await its.admin.post(`/access-requests/${body.id}/approve`)).body).toMatchObject({ state: 'approved' });
  });

  test('rules are run dry before they are switched on; the dry run shows where people decided otherwise', async () => {
    const model = await modelWith(undefined);
    const [ada, ben, cy] = [await applicant('ox.ac.uk'), await applicant('ox.ac.uk'), await applicant('b.example')];
    const [a, b] = [(await submit(ada, model, { use: 'research' })).body.id, (await submit(ben, model, { use: 'research' })).body.id];
    await submit(cy, model, { use: 'research', users: 'many' });
    await its.admin.post(`/access-requests/${a}/approve`);
    await its.admin.post(`/access-requests/${b}/reject`, { reason: 'No.' });
    await its.admin.post(`/models/${model}/rules`, { rules: RULES });
    expect(problemIn(await its.admin.post(`/models/${model}/rules/switch`, { n: 1 }))).toMatchObject({
      status: 409,
      code: 'dry-run-required',
    });
    expect((await its.admin.post(`/models/${model}/rules/1/dry-run`)).body).toMatchObject({
      requests: 3,
      counts: { approve: 2, reject: 0, person: 1, faults: 1 },
      agree: 1,
      differ: 1,
      items: [{ request: b, was: 'rejected', would: 'approve', rule: 'university' }],
    });
    expect(await its.database.query('SELECT 1 FROM decision WHERE rule_version IS NOT NULL AND request_id = ANY ($1)', [[a, b]])).toEqual(
      [],
    );
    expect((await its.admin.post(`/models/${model}/rules/switch`, { n: 1 })).body).toMatchObject({ state: 'on' });
    expect((await its.admin.get<{ items: object[] }>(`/models/${model}/rules`)).body.items).toMatchObject([{ n: 1, state: 'on' }]);
    expect((await its.admin.post(`/models/${model}/rules/switch`, { n: null })).body).toMatchObject({ state: 'off' });
    expect((await submit(await applicant('ox.ac.uk'), model, { use: 'research' })).body.state).toBe('submitted');
  });

  test('five hundred requests: rules decide what they can, the rest is left to people', async () => {
    const model = await modelWith(RULES);
    const kinds = [
      { domain: 'uni.edu', answers: { use: 'research' }, becomes: 'approved' },
      { domain: 'uni.edu', answers: { use: 'research', users: 2_000_000 }, becomes: 'submitted' },
      { domain: 'b.example', answers: { use: 'research' }, becomes: 'submitted' },
      { domain: 'b.example', answers: { use: 'military' }, becomes: 'rejected' },
      { domain: 'b.example', answers: { use: 'research', users: 'no number' }, becomes: 'submitted' },
    ];
    const applicants = await applicantsByToken(
      its.database,
      its.url,
      Array.from({ length: 500 }, (_, index) => kinds[index % kinds.length]!.domain),
    );
    const became: Record<string, number> = {};
    const queued = applicants.entries();
    const worker = async () => {
      for (const [index, person] of queued) {
        const kind = kinds[index % kinds.length]!;
        const { body } = await submit(person, model, kind.answers);
        const line = `${kind.becomes}: ${body.state}`;
        became[line] = (became[line] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    expect(became).toEqual({ 'approved: approved': 100, 'submitted: submitted': 300, 'rejected: rejected': 100 });
    const [queue] = await its.database.query<{ n: string }>(
      `SELECT count(*) AS n FROM access_request q JOIN model m ON m.id = q.model_id WHERE m.slug = $1 AND q.state = 'submitted'`,
      [model],
    );
    expect(Number(queue!.n)).toBe(300);
  });

  test.each<[string, object[], string]>([
    [
      'nested without end',
      [{ id: 'a', when: Array.from({ length: 12 }).reduce((when) => ({ not: when }), { all: [] } as object), do: 'approve' }],
      '400 malformed-request',
    ],
    ['a rejection without reason', [{ id: 'a', when: { all: [] }, do: 'reject' }], '422 rules-unfit'],
    ['an unknown fact', [{ id: 'a', when: { fact: 'trust.mail', is: 'present' }, do: 'approve' }], '422 rules-unfit'],
    ['a route to nobody', [{ id: 'a', when: { all: [] }, do: 'route', assign: 'nobody@example.org' }], '422 rules-unfit'],
    ['a number as text', [{ id: 'a', when: { fact: 'answers.a', is: 'at-least', value: '7' }, do: 'approve' }], '422 rules-unfit'],
    ['a program', [{ id: 'a', when: 'while (true) {}', do: 'approve' }], '400 malformed-request'],
  ])('rules that cannot be evaluated are refused: %s', async (_, rules, refusal) => {
    const model = await modelWith(undefined);
    expect(refusalIn(await its.admin.post(`/models/${model}/rules`, { rules }))).toBe(refusal);
  });

  test('rules are the publisher’s', async () => {
    const model = await modelWith(undefined);
    const ada = await its.person();
    expect(refusalIn(await ada.post(`/models/${model}/rules`, { rules: RULES }))).toBe('403 role-missing');
    expect(refusalIn(await ada.get(`/models/${model}/rules`))).toBe('403 role-missing');
    expect(refusalIn(await ada.post(`/models/${model}/rules/switch`, { n: null }))).toBe('403 role-missing');
    expect(refusalIn(await its.admin.post(`/models/${model}/rules/9/dry-run`))).toBe('404 not-found');
    expect(refusalIn(await its.admin.post(`/models/${model}/rules/x/dry-run`))).toBe('400 malformed-request');
  });
});
