import { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn } from '../support/problems.js';
import { getRaw, sendRaw } from '../support/raw-http.js';

const NUL = '\0';
const SURROGATE = '\ud800';
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('bad input', () => {
  const its = portalUnderTest();
  let ada: Person;

  beforeAll(async () => {
    ada = await its.person();
  });

  const sign = { email: 'new@example.org', password: 'a-long-enough-password', name: 'New' };
  const draft = { model: 'demo-llama', licensee: { kind: 'individual', legalName: 'Ada', country: 'GB' } };

  test.each<[string, string, unknown]>([
    ['no JSON', '/accounts', '{'],
    ['JSON that ends early', '/accounts', '{"email":"new@example.org"'],
    ['an empty body', '/accounts', ''],
    ['a body that is no object', '/accounts', 'null'],
    ['a list', '/accounts', [sign]],
    ['a wrong type', '/accounts', { ...sign, name: 7 }],
    ['an unknown field', '/accounts', { ...sign, admin: true }],
    ['a prototype', '/accounts', '{"__proto__":{"admin":true},"email":"new@example.org","password":"a-long-enough-password","name":"New"}'],
    ['a name that is too long', '/accounts', { ...sign, name: 'x'.repeat(201) }],
    ['a name with NUL', '/accounts', { ...sign, name: `A${NUL}` }],
    ['a name with half a character', '/accounts', { ...sign, name: `A${SURROGATE}` }],
    ['a name of spaces', '/accounts', { ...sign, name: ' \t ' }],
    ['an e-mail with NUL', '/accounts', { ...sign, email: `a${NUL}@example.org` }],
    ['a short password', '/accounts', { ...sign, password: 'short' }],
    ['answers with NUL', '/access-requests', { ...draft, answers: { use: `chat${NUL}` } }],
    ['answers with NUL in a key', '/access-requests', { ...draft, answers: { [`use${NUL}`]: 'chat' } }],
    ['answers with NUL deep inside', '/access-requests', { ...draft, answers: { a: [{ [`b${NUL}`]: 1 }] } }],
    ['answers with half a character', '/access-requests', { ...draft, answers: { use: [SURROGATE] } }],
    ['answers that are too long', '/access-requests', { ...draft, answers: { use: 'x'.repeat(70_000) } }],
    [
      'answers that are deep',
      '/access-requests',
      `{"model":"demo-llama","licensee":{"kind":"individual","legalName":"Ada","country":"GB"},"answers":{"a":${deep(30_000)}}}`,
    ],
    ['a country that is none', '/access-requests', { ...draft, licensee: { ...draft.licensee, country: 'gb' } }],
    ['a licensee of no kind', '/access-requests', { ...draft, licensee: { kind: 'nobody' } }],
    ['an organization that is no id', '/presentations', { model: 'demo-llama', licensee: { kind: 'organization', id: 'lab' } }],
    [
      'an acceptance without assent',
      '/acceptances',
      { presentation: '00000000-0000-4000-8000-000000000000', typedName: 'Ada', assented: false },
    ],
    ['a presentation that is no id', '/acceptances', { presentation: '1', declined: true }],
    ['a day that is none', '/tokens', { name: 'x', scopes: ['read'], expiresAt: '2027-02-30T00:00:00Z' }],
    ['a year that PostgreSQL does not know', '/tokens', { name: 'x', scopes: ['read'], expiresAt: '0000-01-01T00:00:00Z' }],
    ['a scope that is none', '/tokens', { name: 'x', scopes: ['admin'] }],
    ['a number that is not whole', `/grants/${'0'.repeat(8)}-0000-4000-8000-000000000000/links`, { release: 'tiny-f32', expiresIn: 60.5 }],
  ])('%s is named and refused', async (_, path, body) => {
    const before = await counts();
    expect(refusalIn(await ada.post(path, body))).toBe('400 malformed-request');
    expect(await counts()).toEqual(before);
  });

  test.each([
    ['half a character', { ...draft, answers: { use: SURROGATE } }],
    ['great depth', `{"model":"demo-llama","answers":{"a":${deep(30_000)}}}`],
  ])('an Idempotency-Key does not open the door to %s', async (_, body) => {
    expect(refusalIn(await ada.post('/access-requests', body, { 'idempotency-key': 'key' }))).toBe('400 malformed-request');
  });

  test.each([
    ['great depth', `{"a":${deep(30_000)}}`],
    ['NUL', JSON.stringify({ a: NUL })],
    ['NUL in a key', JSON.stringify({ [NUL]: 1 })],
    ['half a character', JSON.stringify({ a: SURROGATE })],
  ])('a clause’s parameters with %s are refused', async (_, parameters) => {
    const body = `{"text":"You may.","assent":"required","clauses":[{"kind":"attribution","quote":"You may.","parameters":${parameters}}]}`;
    expect(refusalIn(await its.admin.post('/licenses/sample-community/versions', body))).toBe('400 malformed-request');
  });

  test('every fault of a body is named by its field', async () => {
    const problem = problemIn(await ada.post('/accounts', { email: 'x', password: 'y', name: '', extra: 1 }));
    expect((problem['fields'] as { field: string }[]).map(({ field }) => field)).toEqual(['email', 'password', 'name', '(body)']);
  });

  test.each<[string, string]>([
    ['text/plain', '415 unsupported-media-type'],
    ['application/x-www-form-urlencoded', '415 unsupported-media-type'],
    ['application/octet-stream', '400 malformed-request'],
    ['nonsense', '415 unsupported-media-type'],
  ])('a body of %s is not read as JSON', async (type, refusal) => {
    expect(refusalIn(await ada.post('/accounts', JSON.stringify(sign), { 'content-type': type }))).toBe(refusal);
  });

  test('a body larger than the route takes is refused', async () => {
    expect(refusalIn(await ada.post('/accounts', { ...sign, name: 'x'.repeat(1_100_000) }))).toBe('413 body-too-large');
  });

  test.each<[string, string]>([
    ['/models?limit=0', '400 malformed-request'],
    ['/models?limit=201', '400 malformed-request'],
    ['/models?limit=1.5', '400 malformed-request'],
    ['/models?limit=', '400 malformed-request'],
    ['/models?limit=x', '400 malformed-request'],
    ['/models?limit=1&limit=2', '400 malformed-request'],
    ['/models?unknown=1', '400 malformed-request'],
    ['/models?cursor=x', '400 bad-cursor'],
    ['/models?cursor=', '400 bad-cursor'],
    ['/models?cursor=a&cursor=b', '400 malformed-request'],
    [`/models?cursor=${cursorOf(['yesterday', 'x'])}`, '400 bad-cursor'],
    [`/models?cursor=${cursorOf(['0000-01-01T00:00:00Z', '00000000-0000-4000-8000-000000000000'])}`, '400 bad-cursor'],
    [`/models?cursor=${cursorOf(['2027-01-01T00:00:00Z'])}`, '400 bad-cursor'],
    ['/models/%00', '400 malformed-request'],
    ['/models/none', '404 not-found'],
    [`/models/${'x'.repeat(201)}`, '400 malformed-request'],
    ['/grants/1', '400 malformed-request'],
    ['/grants/%00', '400 malformed-request'],
    ['/grants?scope=all', '400 malformed-request'],
    ['/grants?model=%00', '400 malformed-request'],
    ['/acceptances/1', '400 malformed-request'],
    ['/access-requests/1', '400 malformed-request'],
    ['/agreements/abc', '400 malformed-request'],
    ['/nothing', '404 not-found'],
  ])('GET %s is %s', async (path, refusal) => expect(refusalIn(await ada.get(path))).toBe(refusal));

  test.each<[string, string]>([
    ['/api/v1/models/%', '400 malformed-request'],
    ['/api/v1/models/%zz', '400 malformed-request'],
    ['/api/v1/models/%ed%a0%80', '400 malformed-request'],
    ['/%c0%ae', '400 malformed-request'],
    ['/api/v1/models?limit=%zz', '400 malformed-request'],
    ['/d/../../etc/passwd', '404 not-found'],
    ['/d/00000000-0000-4000-8000-000000000000/../../../etc/passwd', '404 not-found'],
    ['/d/00000000-0000-4000-8000-000000000000/..%2f..%2fetc%2fpasswd', '404 not-found'],
    ['/d/00000000-0000-4000-8000-000000000000/%00', '400 malformed-request'],
    ['/d/%00/x', '404 not-found'],
    ['/nothing/here', '404 not-found'],
  ])('the address %s is %s', async (address, refusal) => expect(refusalIn(await getRaw(its.url, address))).toBe(refusal));

  test('a part of the address that is too long is refused', async () => {
    expect(refusalIn(await getRaw(its.url, `/api/v1/models/${'x'.repeat(3000)}`))).toBe('400 malformed-request');
  });

  test('what is no HTTP, or has headers without end, is told so as a problem too', async () => {
    expect(refusalIn(await sendRaw(its.url, 'NONSENSE\r\n\r\n'))).toBe('400 malformed-request');
    expect(refusalIn(await getRaw(its.url, '/health/live', [`x: ${'y'.repeat(40_000)}`]))).toBe('400 malformed-request');
  });

  test.each(['PUT', 'PATCH', 'OPTIONS', 'TRACE'])('%s where there is no such method is not found', async (method) => {
    const answer = await sendRaw(its.url, `${method} /api/v1/models HTTP/1.1\r\nhost: portal\r\nconnection: close\r\n\r\n`);
    expect(refusalIn(answer)).toBe('404 not-found');
  });

  /** How many rows there are of everything that a request could have written. */
  async function counts() {
    return its.database.query(
      'SELECT (SELECT count(*) FROM account) AS accounts, (SELECT count(*) FROM access_request) AS requests, (SELECT count(*) FROM access_token) AS tokens, (SELECT count(*) FROM presentation) AS presentations, (SELECT count(*) FROM sealed_record) AS sealed',
    );
  }
});

function cursorOf(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}
