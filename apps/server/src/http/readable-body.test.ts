import { Readable } from 'node:stream';
import { refuseUnreadable } from './readable-body.js';

const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;
const refusal = expect.objectContaining({ code: 'malformed-request' });

describe('a body that can be read', () => {
  test.each([[undefined], [null], ['text'], [{ a: [1, { b: '💾' }] }], [nested(64)]])('passes: %j', (body) =>
    expect(() => refuseUnreadable(body)).not.toThrow(),
  );

  test('an upload’s stream is not looked into', () => expect(() => refuseUnreadable(Readable.from(['\0']))).not.toThrow());

  test.each([['\0'], [{ a: ['b\0'] }], [{ 'a\0': 1 }], ['\ud800'], [{ '\udc00': 1 }], [nested(66)], [nested(400_000)]])(
    'is not one with NUL, half a character or endless nesting',
    (body) => {
      expect(() => refuseUnreadable(body)).toThrow(refusal);
    },
  );
});
