import { OPERATIONS, type Operation } from '@paddock/contracts';
import { z } from 'zod';
import { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn } from '../support/problems.js';

const UUID = '00000000-0000-4000-8000-000000000000';
const MAX_UUID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** For any place in an address. */
const WORDS = ['x', UUID, MAX_UUID, 'submit', '__proto__', '%00', '%2e%2e%2f', '%ed%a0%80', '\'"; DROP TABLE event; --'];
const VALUES: unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  2 ** 53,
  '',
  'x',
  '\0',
  '\ud800',
  UUID,
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59+14:00',
  'demo-llama',
  'x'.repeat(5000),
  [],
  [null],
  {},
  { kind: 'individual' },
  { toString: 1 },
  { length: -1 },
  [[]],
  ['link', 'link'],
];
/** Strangers do not wait for one another. */
const AT_ONCE = 6;
const WHOLE_BODIES = [
  '',
  'null',
  '[]',
  '0',
  '"text"',
  '{',
  '{"a":1,"a":2}',
  '{"__proto__":{}}',
  '{"constructor":{"prototype":{}}}',
  '['.repeat(50_000),
];

describe('whatever is sent to whatever operation', () => {
  const its = portalUnderTest();
  const ended = new Set<string>();
  let tried = 0;

  // Signing out would make everybody anonymous.
  const operations = OPERATIONS.filter(({ method, path }) => !(method === 'delete' && /\/sessions?$/.test(path)));

  describe.each(['anonymous', 'an ordinary person', 'an administrator'])('as %s', (who) => {
    let person: Person;

    beforeAll(async () => {
      person = who === 'anonymous' ? new Person(its.url) : who === 'an administrator' ? its.admin : await its.person();
    });

    test.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
      '%s answers what it describes, or a problem of the sender',
      async (_, operation) => {
        // Nobody is turned away before anything is read: a few attempts show it.
        const all = [...attempts(operation)];
        const asked = who === 'anonymous' && operation.allow !== 'anyone' ? all.slice(0, 12) : all;
        const attempt = async ({ path, body }: (typeof asked)[number]) => {
          // Every other one with a key of its own, for keys are looked at before the body is.
          const headers: Record<string, string> = (tried += 1) % 2 ? { 'idempotency-key': `fuzz-${tried}` } : {};
          const answer = await person.call(operation.method.toUpperCase(), path, { headers, ...(body !== undefined && { body }) });
          ended.add(`${answer.status}`);
          expect({ path, body, status: answer.status < 500 ? 'no fault of ours' : answer.text }).toEqual({
            path,
            body,
            status: 'no fault of ours',
          });
          if (answer.status >= 400) problemIn(answer);
        };
        for (let at = 0; at < asked.length; at += AT_ONCE) await Promise.all(asked.slice(at, at + AT_ONCE).map(attempt));
      },
    );
  });

  test('reached refusals of many kinds, so that it was no shut door alone', () => {
    expect([...ended]).toEqual(expect.arrayContaining(['200', '201', '400', '401', '403', '404', '410']));
  });

  test('left the portal in order', async () => {
    expect((await fetch(`${its.url}/health/ready`)).status).toBe(200);
    expect(its.portal.output()).not.toContain('"level":50');
    expect(await its.database.query(`SELECT 1 FROM role_assignment WHERE role = 'admin'`)).toHaveLength(1);
  });
});

function* attempts(operation: Operation): Generator<{ path: string; body?: unknown }> {
  const path = addressOf(operation, 'demo-llama');
  for (const word of WORDS) {
    yield { path: addressOf(operation, encodeURI(word).replaceAll('%25', '%')), ...(operation.body && { body: {} }) };
    if (operation.query)
      yield {
        path: `${path}?${['cursor', 'limit', 'scope', 'model', 'q', 'from', 'x'].map((name) => `${name}=${encodeURI(word).replaceAll('%25', '%')}`).join('&')}`,
        ...(operation.body && { body: {} }),
      };
  }
  if (!operation.body) return;
  for (const body of WHOLE_BODIES) yield { path, body };
  const names = fieldsOf(operation);
  for (const value of VALUES) yield { path, body: Object.fromEntries(names.map((name) => [name, value])) };
  // Each field gets a third of the values, and its neighbour the next third.
  for (const [place, name] of names.entries())
    for (const value of VALUES.filter((_, index) => index % 3 === place % 3)) yield { path, body: { ...PLAUSIBLE, [name]: value } };
}

/** Values that pass where a field of this name is asked for, so that the one hostile field beside them is looked at. */
const PLAUSIBLE = {
  model: 'demo-llama',
  release: 'tiny-f32',
  licensee: { kind: 'individual', legalName: 'Fuzz', country: 'GB' },
  reason: 'because',
};

function fieldsOf({ body }: Operation): string[] {
  return propertiesIn(z.toJSONSchema(body!, { io: 'input', unrepresentable: 'any' }));
}

/** Names of the fields of a schema and of its alternatives. */
function propertiesIn(schema: unknown): string[] {
  const { properties = {}, anyOf = [] } = schema as { properties?: object; anyOf?: unknown[] };
  return [...new Set([...Object.keys(properties), ...anyOf.flatMap(propertiesIn)])];
}

function addressOf({ path }: Operation, word: string): string {
  return path.replace('/api/v1', '').replaceAll(/\{\w+\}/g, word);
}
