import type { FormField } from '@paddock/domain';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn } from '../support/problems.js';
import { publishModel } from '../support/licenses.js';

const LICENSEE = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };
const FIELDS: FormField[] = [
  { id: 'purpose', kind: 'long-text', label: 'What will you do with it?', required: true, maxLength: 1000 },
  {
    id: 'use',
    kind: 'choice',
    label: 'Kind of use',
    required: true,
    options: [
      { value: 'research', label: 'Research' },
      { value: 'product', label: 'Product' },
    ],
  },
  {
    id: 'monthlyActiveUsers',
    kind: 'number',
    label: 'Users',
    required: true,
    min: 0,
    whole: true,
    shownWhen: { field: 'use', in: ['product'] },
  },
  { id: 'orcid', kind: 'orcid', label: 'ORCID iD', required: false },
];

describe('forms', () => {
  const its = portalUnderTest();
  let models = 0;

  const modelWithForm = async (fields: FormField[] = FIELDS) => {
    const model = `form-${(models += 1)}`;
    await publishModel(its.admin, model, 'application');
    await its.admin.post(`/models/${model}/forms`, { fields });
    await its.admin.post(`/models/${model}/terms`, { admission: 'application', license: `${model}-license`, form: 1 });
    return model;
  };
  const draft = (person: Person, model: string, answers: object) =>
    person.post<{ id: string; form: number; answersHash: string }>('/access-requests', { model, licensee: LICENSEE, answers });

  test('a stranger reads the form in force, and its schema takes what the portal takes', async () => {
    const model = await modelWithForm();
    const stranger = await its.person();
    const { body } = await stranger.get<{ n: number; state: string; schema: object }>(`/models/${model}/form`);
    expect(body).toMatchObject({ n: 1, state: 'in-force', fields: [{ id: 'purpose' }, {}, {}, {}] });
    const takes = new Ajv2020({ strict: false }).compile(body.schema);
    for (const answers of [
      {},
      { purpose: 'x', use: 'research' },
      { purpose: 'x', use: 'product' },
      { purpose: 'x', use: 'product', monthlyActiveUsers: 7 },
    ]) {
      const request = await draft(stranger, model, answers);
      const { status } = await stranger.post(`/access-requests/${request.body.id}/submit`);
      expect(status).toBe(takes(answers) ? 200 : 422);
      await stranger.post(`/access-requests/${request.body.id}/withdraw`);
    }
    expect((await stranger.get(`/models/demo-llama-assent/form`)).body).toMatchObject({ n: null, fields: [] });
  });

  test('a draft is saved unfinished; submitting names everything that is missing, and nothing is lost', async () => {
    const model = await modelWithForm();
    const ada = await its.person();
    const { body } = await draft(ada, model, { use: 'product' });
    expect(body.form).toBe(1);
    expect(problemIn(await ada.post(`/access-requests/${body.id}/submit`))).toMatchObject({
      status: 422,
      code: 'answers-unfit',
      faults: [
        { field: 'purpose', why: 'must be answered' },
        { field: 'monthlyActiveUsers', why: 'must be answered' },
      ],
    });
    expect((await ada.get(`/access-requests/${body.id}`)).body).toMatchObject({ state: 'draft', answers: { use: 'product' } });
  });

  test.each<[string, object]>([
    ['something else', { passport: 'data:application/pdf;base64,AAAA' }],
    ['an object where text is asked', { purpose: { file: 'x' } }],
    ['no option', { use: 'chat' }],
    ['a mistyped ORCID iD', { orcid: '0000-0002-1825-0098' }],
  ])('answers that do not match the version are refused at once: %s', async (_, answers) => {
    const model = await modelWithForm();
    expect(refusalIn(await draft(await its.person(), model, answers))).toBe('422 answers-unfit');
  });

  test('text is text: HTML comes back as it was typed', async () => {
    const model = await modelWithForm();
    const ada = await its.person();
    const purpose = '<img src=x onerror=alert(1)>';
    const { body } = await draft(ada, model, { purpose });
    expect((await ada.get(`/access-requests/${body.id}`)).body).toMatchObject({ answers: { purpose } });
  });

  test('another form in force: the request keeps its version until it is answered anew', async () => {
    const model = await modelWithForm();
    const ada = await its.person();
    const { body } = await draft(ada, model, { purpose: 'x', use: 'research' });
    await its.admin.post(`/models/${model}/forms`, { fields: [FIELDS[0]] });
    await its.admin.post(`/models/${model}/terms`, { admission: 'application', license: `${model}-license`, form: 2 });
    expect(problemIn(await ada.post(`/access-requests/${body.id}/submit`))).toMatchObject({
      status: 409,
      code: 'form-outdated',
      form: `/api/v1/models/${model}/form`,
    });
    expect(refusalIn(await ada.call('PATCH', `/access-requests/${body.id}`, { body: { answers: { use: 'research' } } }))).toBe(
      '422 answers-unfit',
    );
    expect((await ada.call('PATCH', `/access-requests/${body.id}`, { body: { answers: { purpose: 'y' } } })).body).toMatchObject({
      form: 2,
    });
    expect((await ada.post(`/access-requests/${body.id}/submit`)).status).toBe(200);
    // Reviewers read the answers beside what was asked, whatever is asked by now.
    await its.admin.post(`/models/${model}/terms`, { admission: 'application', license: `${model}-license`, form: null });
    expect((await its.admin.get(`/access-requests/${body.id}/review`)).body).toMatchObject({ fields: [{ label: FIELDS[0]!.label }] });
  });

  test('terms that do not speak of the form keep it; null takes it away', async () => {
    const model = await modelWithForm();
    const terms = { admission: 'application', license: `${model}-license` };
    expect((await its.admin.post(`/models/${model}/terms`, { ...terms, approvals: 2 })).body).toMatchObject({ form: 1 });
    expect((await its.admin.post(`/models/${model}/terms`, { ...terms, form: null })).body).toMatchObject({ form: null });
    expect(refusalIn(await its.admin.post(`/models/${model}/terms`, { ...terms, form: 9 }))).toBe('404 not-found');
  });

  test('a form that nobody could answer, or of another’s model, is refused', async () => {
    const model = await modelWithForm();
    const unfit = [{ ...FIELDS[2], shownWhen: { field: 'nothing', in: ['x'] } }];
    expect(problemIn(await its.admin.post(`/models/${model}/forms`, { fields: unfit }))).toMatchObject({ status: 422, code: 'form-unfit' });
    expect(refusalIn(await its.admin.post(`/models/${model}/forms`, { fields: [{ id: 'a', kind: 'file', label: 'A' }] }))).toBe(
      '400 malformed-request',
    );
    expect(refusalIn(await its.admin.post(`/models/${model}/forms`, { fields: [{ id: '__proto__', kind: 'text', label: 'A' }] }))).toBe(
      '400 malformed-request',
    );
    const ada = await its.person();
    expect(refusalIn(await ada.post(`/models/${model}/forms`, { fields: FIELDS }))).toBe('403 role-missing');
    expect(refusalIn(await ada.get(`/models/${model}/forms`))).toBe('403 role-missing');
    expect((await its.admin.get<{ items: unknown[] }>(`/models/${model}/forms`)).body.items).toMatchObject([{ n: 1, state: 'in-force' }]);
  });
});
