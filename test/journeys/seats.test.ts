import { OPERATIONS } from '@paddock/contracts';
import { publishModel } from '../support/licenses.js';
import { OrganizationUnderTest } from '../support/organization.js';
import { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { refusalIn } from '../support/problems.js';

const NOBODYS = '00000000-0000-4000-8000-000000000000';

describe('the seat of an organization', () => {
  const its = portalUnderTest();
  const withToken = (token: string) => Object.assign(new Person(its.url), { token });

  beforeAll(async () => {
    for (const slug of ['seat-model', 'own-model']) await publishModel(its.admin, slug, 'assent');
  });

  test('reads and downloads; everything else is a person’s, whatever its scopes', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const { token } = await lab.seat();
    const forSeats = new Set(
      ['me', 'grants', 'grants/{id}', 'grants/{id}/links', 'grants/{id}/progress', 'grants/{id}/passkeys/rotate'].map(
        (path) => `/api/v1/${path}`,
      ),
    );
    for (const { method, path, allow } of OPERATIONS.filter(({ allow }) => allow !== 'anyone')) {
      const answer = await withToken(token).call(method.toUpperCase(), addressOf(path), {});
      const refused = answer.status < 400 ? 'done' : refusalIn(answer);
      const expected = forSeats.has(path) ? ['done', '404 not-found', '400 malformed-request'] : ['403 seat-cannot'];
      expect({ path, allow, refused: expected.includes(refused) ? 'as it should' : refused }).toEqual({
        path,
        allow,
        refused: 'as it should',
      });
    }
    for (const scope of ['request', 'publish', 'audit'])
      expect(refusalIn(await lab.officer.post(`${lab.path}/seats`, { name: 'x', scopes: [scope] }))).toBe('400 malformed-request');
    const reader = await lab.seat({ scopes: ['read'] });
    const grant = await lab.accept(lab.officer, 'seat-model');
    expect(refusalIn(await withToken(reader.token).post(`/grants/${grant}/links`, { release: 'first' }))).toBe('403 scope-missing');
  });

  test('sees its organization’s grants alone, and repeats a request with its Idempotency-Key', async () => {
    const [lab, other] = [await OrganizationUnderTest.found(its), await OrganizationUnderTest.found(its)];
    const [ours, theirs] = [await lab.accept(lab.officer, 'seat-model'), await other.accept(other.officer, 'seat-model')];
    const officers = await lab.officer.accept('own-model');
    const ci = withToken((await lab.seat()).token);
    for (const grant of [theirs, officers]) {
      expect(refusalIn(await ci.get(`/grants/${grant}`))).toBe('404 not-found');
      expect(refusalIn(await ci.post(`/grants/${grant}/links`, { release: 'first' }))).toBe('404 not-found');
    }
    expect(refusalIn(await ci.get('/grants?scope=staff'))).toBe('403 role-missing');
    const issue = () => ci.post<{ link: string }>(`/grants/${ours}/links`, { release: 'first' }, { 'idempotency-key': 'nightly' });
    const [first, second] = [await issue(), await issue()];
    expect(second.body.link).toBe(first.body.link);
  });
});

function addressOf(path: string): string {
  return path
    .replace('/api/v1', '')
    .replace('{model}', 'demo-llama')
    .replace('{release}', 'tiny-f32')
    .replaceAll(/\{\w+\}/g, NOBODYS);
}
