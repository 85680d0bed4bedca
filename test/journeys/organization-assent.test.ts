import { addVersion, publishModel } from '../support/licenses.js';
import { assentTo, OrganizationUnderTest } from '../support/organization.js';
import type { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn, tally } from '../support/problems.js';

interface Acceptance {
  id: string;
  joins: string | null;
  grant: string;
  agreement: string;
}

describe('an organization’s assent', () => {
  const its = portalUnderTest();
  let models = 0;

  const freshModel = async (coverage: 'organization' | 'each-member' = 'each-member', admission: 'assent' | 'application' = 'assent') => {
    const slug = `assent-${(models += 1)}`;
    await publishModel(its.admin, slug, admission, { coverage });
    return slug;
  };
  const answer = async (lab: OrganizationUnderTest, person: Person, model: string) =>
    (await person.post<Acceptance>('/acceptances', assentTo((await lab.present(person, model)).body))).body;
  const linksFor = (person: Person, grant: string) => person.post(`/grants/${grant}/links`, { release: 'first' });

  test('is an officer’s who attests authority to bind; the name that it had then stands on the screen', async () => {
    const lab = await OrganizationUnderTest.found(its, 'Analytical Engines Ltd');
    const model = await freshModel('organization');
    const { body } = await lab.present(lab.officer, model);
    expect(body.assent.label).toContain('on behalf of Analytical Engines Ltd');
    const { authority: _, ...others } = assentTo(body).attestations;
    const without = { ...assentTo(body), attestations: others };
    expect(problemIn(await lab.officer.post('/acceptances', without))).toMatchObject({
      code: 'assent-incomplete',
      fields: ['attestations.authority'],
    });
    await lab.officer.call('PATCH', lab.path, { body: { legalName: 'Difference Engines Ltd' } });
    const accepted = await lab.officer.post<Acceptance>('/acceptances', assentTo(body));
    expect([accepted.status, accepted.body.joins]).toEqual([201, null]);
    const [row] = await its.database.query<{ screen: { attestations: object[] } }>('SELECT screen FROM presentation WHERE id = $1', [
      body.id,
    ]);
    expect(row!.screen.attestations).toContainEqual({ id: 'authority', text: 'I am authorized to bind Analytical Engines Ltd.' });
    const changed = await its.admin.get<{ items: { detail: object }[] }>(`/audit/events?kind=organization-changed&subject=${lab.id}`);
    expect(changed.body.items[0]!.detail).toMatchObject({ before: { legalName: 'Analytical Engines Ltd' }, after: { country: 'GB' } });
  });

  test.each(['organization', 'each-member'] as const)('coverage %s: a member binds nobody', async (coverage) => {
    const lab = await OrganizationUnderTest.found(its);
    const [grace, model] = [await lab.join(), await freshModel(coverage)];
    expect(refusalIn(await lab.present(grace, model))).toBe('403 officer-required');
    expect(await its.database.query('SELECT 1 FROM presentation WHERE licensee_id = $1', [lab.licenseeId])).toEqual([]);
  });

  test('coverage organization: an open membership is enough, and a member has nothing to accept', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const [grace, model] = [await lab.join(), await freshModel('organization')];
    const grant = await lab.accept(lab.officer, model);
    expect((await linksFor(grace, grant)).status).toBe(201);
    expect(refusalIn(await lab.present(grace, model))).toBe('403 officer-required');
  });

  test('coverage each-member: each member’s own acceptance joins the organization’s; officer and seats are covered by it', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const [grace, alan, model] = [await lab.join(), await lab.join('officer'), await freshModel()];
    const bound = await answer(lab, lab.officer, model);
    const ci = Object.assign(await its.person(), { token: (await lab.seat()).token });
    for (const covered of [lab.officer, ci]) expect((await linksFor(covered, bound.grant)).status).toBe(201);
    for (const uncovered of [grace, alan]) expect(refusalIn(await linksFor(uncovered, bound.grant))).toBe('403 acceptance-required');

    const shown = await lab.present(grace, model);
    expect([shown.body.agreement, shown.body.assent.attestations.map(({ id }) => id)]).toEqual([bound.agreement, ['read']]);
    const joined = await grace.post<Acceptance>('/acceptances', assentTo(shown.body));
    expect(joined.body).toMatchObject({ joins: bound.id, grant: bound.grant, agreement: bound.agreement });
    expect((await linksFor(grace, bound.grant)).status).toBe(201);
    // Another officer answers for themselves too, and so disturbs nobody.
    expect(await answer(lab, alan, model)).toMatchObject({ joins: bound.id });
    for (const covered of [lab.officer, grace, alan]) expect((await linksFor(covered, bound.grant)).status).toBe(201);
    expect((await grace.get(`/grants/${bound.grant}`)).body['acceptance']).toBe(bound.id);
  });

  test('who declined or belongs to another organization has not joined', async () => {
    const [lab, other] = [await OrganizationUnderTest.found(its), await OrganizationUnderTest.found(its)];
    const [grace, model] = [await lab.join(), await freshModel()];
    await other.join('member', grace);
    const [grant, elsewhere] = [await lab.accept(lab.officer, model), await other.accept(other.officer, model)];
    await grace.post('/acceptances', { presentation: (await lab.present(grace, model)).body.id, declined: true });
    expect(refusalIn(await linksFor(grace, grant))).toBe('403 acceptance-required');
    await other.accept(grace, model);
    expect([refusalIn(await linksFor(grace, grant)), (await linksFor(grace, elsewhere)).status]).toEqual(['403 acceptance-required', 201]);
  });

  test('a member joins what the organization accepted, even where a newer text is shown to others', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const [grace, model] = [await lab.join(), await freshModel()];
    const bound = await answer(lab, lab.officer, model);
    await addVersion(its.admin, `${model}-license`, { coverage: 'each-member' });
    const newcomer = await (await its.person()).post<{ agreement: string }>('/presentations', { model });
    const shown = await lab.present(grace, model);
    expect(shown.body.agreement).toBe(bound.agreement);
    expect(newcomer.body.agreement).not.toBe(bound.agreement);
    expect((await grace.post('/acceptances', assentTo(shown.body))).status).toBe(201);
    expect((await linksFor(grace, bound.grant)).status).toBe(201);

    // The officer binds everybody to the newer text; each member is asked anew.
    const late = await lab.present(grace, model);
    const rebound = await answer(lab, lab.officer, model);
    expect(rebound).toMatchObject({ grant: bound.grant, joins: null, agreement: newcomer.body.agreement });
    expect(refusalIn(await linksFor(grace, bound.grant))).toBe('403 acceptance-required');
    expect(refusalIn(await grace.post('/acceptances', assentTo(late.body)))).toBe('409 presentation-outdated');
    expect(await answer(lab, grace, model)).toMatchObject({ joins: rebound.id });
    expect((await linksFor(grace, bound.grant)).status).toBe(201);
  });

  test('once a newer text must be accepted, an officer is asked first', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const [grace, model] = [await lab.join(), await freshModel()];
    const grant = await lab.accept(lab.officer, model);
    await lab.accept(grace, model);
    await addVersion(its.admin, `${model}-license`, { coverage: 'each-member', reacceptance: 'at-once' });
    expect(refusalIn(await linksFor(grace, grant))).toBe('403 acceptance-outdated');
    expect(refusalIn(await lab.present(grace, model))).toBe('403 officer-required');
    await lab.accept(lab.officer, model);
    expect(refusalIn(await linksFor(grace, grant))).toBe('403 acceptance-required');
    await lab.accept(grace, model);
    expect((await linksFor(grace, grant)).status).toBe(201);
  });

  test('who lost the office or left between reading and accepting binds nobody', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const [grace, alan, model] = [await lab.join('officer'), await lab.join('officer'), await freshModel('organization')];
    const [hers, his] = [await lab.present(grace, model), await lab.present(alan, model)];
    await lab.officer.post(`${lab.path}/members/${(await lab.member(grace)).id}/role`, { role: 'member' });
    await lab.end(alan);
    expect(refusalIn(await grace.post('/acceptances', assentTo(hers.body)))).toBe('403 officer-required');
    expect(refusalIn(await alan.post('/acceptances', assentTo(his.body)))).toBe('403 holder-ended');
    expect(await its.database.query('SELECT 1 FROM acceptance WHERE licensee_id = $1', [lab.licenseeId])).toEqual([]);
  });

  test('of two officers who accept at once one binds, and the other is shown what is left to do', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const [grace, model] = [await lab.join('officer'), await freshModel()];
    const shown = await Promise.all(
      [lab.officer, grace].map(async (officer) => ({ officer, body: (await lab.present(officer, model)).body })),
    );
    const answers = await Promise.all(shown.map(({ officer, body }) => officer.post<Acceptance>('/acceptances', assentTo(body))));
    expect(tally(answers)).toEqual({ 201: 1, 409: 1 });
    const late = shown[answers.findIndex(({ status }) => status === 409)]!.officer;
    expect((await answer(lab, late, model)).joins).toBe(answers.find(({ status }) => status === 201)!.body.id);
  });

  test('stays current when its officer leaves and is erased', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const [grace, alan, model] = [await lab.join('officer'), await lab.join(), await freshModel()];
    const bound = await answer(lab, lab.officer, model);
    await lab.accept(alan, model);
    await lab.end(lab.officer);
    await its.database.query(
      `WITH gone AS (SELECT account_id AS id FROM person WHERE email = $1), erased AS (UPDATE account SET erased_at = now() WHERE id = (SELECT id FROM gone))
       UPDATE person SET email = NULL, name = NULL WHERE account_id = (SELECT id FROM gone)`,
      [lab.officer.email],
    );
    expect((await linksFor(alan, bound.grant)).status).toBe(201);
    expect(await answer(lab, grace, model)).toMatchObject({ joins: bound.id });
    expect((await linksFor(grace, bound.grant)).status).toBe(201);
  });

  test('leaves a member’s own grant alone: ending one leaves the other', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const [grace, model] = [await lab.join(), await freshModel('organization')];
    const ours = await lab.accept(lab.officer, model);
    const individual = { kind: 'individual', legalName: 'Grace Hopper', country: 'US' };
    const shown = await grace.post<Parameters<typeof assentTo>[0]>('/presentations', { model, licensee: individual });
    const own = (await grace.post<Acceptance>('/acceptances', assentTo(shown.body))).body.grant;
    expect(own).not.toBe(ours);
    expect((await grace.get<{ items: { id: string }[] }>(`/grants?model=${model}`)).body.items.map(({ id }) => id).toSorted()).toEqual(
      [own, ours].toSorted(),
    );
    await its.admin.post(`/grants/${ours}/revoke`, { reason: 'misuse' });
    expect([refusalIn(await linksFor(grace, ours)), (await linksFor(grace, own)).status]).toEqual(['403 grant-revoked', 201]);
    await lab.end(grace);
    expect((await linksFor(grace, own)).status).toBe(201);
  });

  test('nobody decides on a request of their own organization', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const [grace, reviewer, model] = [await lab.join(), await lab.join(), await freshModel('organization', 'application')];
    await its.admin.post('/roles', { email: reviewer.email, role: 'reviewer' });
    const { body } = await grace.post<{ id: string }>('/access-requests', { model, licensee: lab.licensee, answers: {} });
    await grace.post(`/access-requests/${body.id}/submit`);
    expect(refusalIn(await reviewer.post(`/access-requests/${body.id}/approve`))).toBe('403 own-request');
    expect((await its.admin.post(`/access-requests/${body.id}/approve`)).status).toBe(200);
  });
});
