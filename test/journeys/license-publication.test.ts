import { addVersion, publishModel } from '../support/licenses.js';
import type { Listed } from '../support/auditors.js';
import { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn } from '../support/problems.js';

interface Label {
  openness: {
    dimensions: { dimension: string; state: string }[];
    license: {
      spdx: { id: string } | null;
      osiApproved: boolean;
      fails: { criterion: number; quote: string; clause: { words: string } | null }[];
    };
    mof: { class: string | null; missing: string[] };
    gate: { cost: string | null };
  };
}

describe('what a license is published with', () => {
  const its = portalUnderTest();
  const release = async (path: string) => (await its.admin.get<Label>(`/models/${path}`)).body.openness;

  test('the openness label of a gated release quotes each clause and the criterion that it fails', async () => {
    const label = await release('demo-llama/releases/tiny-f32');
    expect(label.license.osiApproved).toBe(false);
    const failed = label.license.fails.map(({ criterion, clause }) => [criterion, clause?.words.replaceAll(/\s+/g, ' ') ?? null]);
    expect(failed).toEqual(
      expect.arrayContaining([
        [5, 'more than 700 million monthly active users'],
        [6, 'to improve any other large language model'],
        [7, null],
      ]),
    );
    expect(label.gate.cost).toContain('somebody decides');
    expect(label.mof.class).toBeNull();
  });

  test('a release under a license that OSI approved is labeled so, and its class says what is missing', async () => {
    await its.admin.post('/licenses', { publisher: 'demo-lab', slug: 'apache', title: 'Apache License' });
    await addVersion(its.admin, 'apache', { text: 'Apache text.', assent: 'none', policies: [], spdx: 'Apache-2.0' });
    const open = ['architecture', 'paper', 'evaluation', 'model-card', 'data-card', 'inference-code'];
    await its.admin.post('/models', {
      publisher: 'demo-lab',
      slug: 'apache-model',
      title: 'Open',
      openness: Object.fromEntries(open.map((one) => [one, 'open'])),
    });
    await its.admin.post('/models/apache-model/terms', { admission: 'open', license: 'apache' });
    await its.admin.post('/models/apache-model/releases', { name: 'first' });
    const label = await release('apache-model/releases/first');
    expect(label.license).toEqual({ spdx: { id: 'Apache-2.0', name: 'Apache License 2.0' }, osiApproved: true, fails: [] });
    expect(label.mof).toEqual({ class: 'III', missing: ['training-code', 'evaluation-code', 'evaluation-data'] });
    expect(label.gate.cost).toBeNull();
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['an SPDX identifier that nobody knows', { spdx: 'Llama-2' }, 'spdx'],
    ['an SPDX identifier that every object has', { spdx: 'constructor' }, 'spdx'],
    [
      'a clause whose parameters are another kind’s',
      { clauses: [{ kind: 'territories', parameters: { uses: ['a'] }, quote: 'Terms' }] },
      'clauses.0.parameters',
    ],
    [
      'a threshold that is no number',
      { clauses: [{ kind: 'monthly-active-users', parameters: { threshold: 'many' }, quote: 'Terms' }] },
      'clauses.0.parameters.threshold',
    ],
    [
      'a country that is none',
      { clauses: [{ kind: 'territories', parameters: { allowed: ['Europe'] }, quote: 'Terms' }] },
      'clauses.0.parameters.allowed.0',
    ],
    [
      'a reference date that is none',
      { clauses: [{ kind: 'monthly-active-users', parameters: { threshold: 1, referenceDate: '2023-02-30' }, quote: 'Terms' }] },
      'referenceDate',
    ],
    ['a kind of clause that nobody knows', { clauses: [{ kind: 'forever', parameters: {}, quote: 'Terms' }] }, 'clauses.0'],
  ])('%s is refused, and named', async (_, version, field) => {
    const answer = await its.admin.post('/licenses/sample-community/versions', { text: 'Terms.', assent: 'required', ...version });
    expect(refusalIn(answer)).toBe('400 malformed-request');
    expect(JSON.stringify(problemIn(answer)['fields'])).toContain(field);
  });

  test('the attribution file carries the notice and, where receivers must have it, the license', async () => {
    const answer = await fetch(`${its.url}/api/v1/licenses/sample-community/versions/1/attribution`);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="NOTICE"');
    const text = await answer.text();
    for (const words of [
      'Demo Lab',
      'Sample Community License, version 1',
      'You must keep this notice in every copy',
      '## 4. Very large services',
    ])
      expect(text).toContain(words);
    expect((await fetch(`${its.url}/api/v1/licenses/sample-community/versions/9/attribution`)).status).toBe(404);
    expect((await fetch(`${its.url}/api/v1/licenses/sample-community/versions/x/attribution`)).status).toBe(400);
  });

  test('a publisher reads what a newer text would ask of licensees before it binds', async () => {
    await publishModel(its.admin, 'asked-anew');
    const people = [await its.person(), await its.person()];
    for (const person of people) await person.accept('asked-anew');
    const reacceptFrom = new Date(Date.now() + 86_400_000).toISOString();
    const asked = (body: object) => its.admin.post<Record<string, unknown>>('/licenses/asked-anew-license/consequences', body);
    expect((await asked({ reacceptance: 'by-date', reacceptFrom })).body).toMatchObject({
      licensees: 2,
      mustAcceptAgain: 2,
      summary: expect.stringContaining(`2 licensees must accept again by ${reacceptFrom}`),
      models: [{ model: 'asked-anew', grants: 2, licensees: 2 }],
    });
    expect((await asked({})).body).toMatchObject({ licensees: 2, mustAcceptAgain: 0 });
    const policy = await its.admin.post<{ licensees: number }>('/policies/sample-acceptable-use/consequences', { reacceptance: 'at-once' });
    expect(policy.body.licensees).toBe(2);
    expect(refusalIn(await asked({ reacceptance: 'by-date' }))).toBe('400 malformed-request');
    for (const path of ['/licenses/asked-anew-license', '/policies/sample-acceptable-use']) {
      const draft = { text: 'What is being written.' };
      expect((await its.admin.post<{ parts: unknown[] }>(`${path}/diff`, draft)).body.parts).toContainEqual(
        expect.objectContaining({ op: 'insert' }),
      );
      expect(refusalIn(await people[0]!.post(`${path}/diff`, draft))).toBe('403 role-missing');
      expect(refusalIn(await people[0]!.post(`${path}/consequences`, {}))).toBe('403 role-missing');
    }
    expect(refusalIn(await its.admin.post('/licenses/nothing/consequences', {}))).toBe('404 not-found');
  });

  test('the list names the version in force, the one that comes and the models under it', async () => {
    await publishModel(its.admin, 'listed', 'assent');
    const effectiveFrom = new Date(Date.now() + 86_400_000).toISOString();
    await addVersion(its.admin, 'listed-license', { effectiveFrom });
    const anyone = new Person(its.url);
    const pages = [];
    for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1)!.nextCursor)
      pages.push((await anyone.get<Listed<{ slug: string }>>(`/licenses?limit=2${cursor && `&cursor=${cursor}`}`)).body);
    const found = pages.flatMap(({ items }) => items);
    expect(new Set(found.map(({ slug }) => slug)).size).toBe(found.length);
    expect(found.find(({ slug }) => slug === 'listed-license')).toMatchObject({
      publisher: 'demo-lab',
      kind: 'standard',
      current: { n: 1, assent: 'required' },
      scheduled: { n: 2, effectiveFrom },
      models: ['listed'],
    });
    expect((await anyone.get<Listed>('/publishers')).body.items).toContainEqual(expect.objectContaining({ slug: 'demo-lab' }));
  });
});
