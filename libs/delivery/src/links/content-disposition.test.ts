import * as fc from 'fast-check';
import { contentDisposition } from './content-disposition.js';

describe('Content-Disposition', () => {
  test.each([
    ['a/model.gguf', 'attachment; filename="model.gguf"'],
    ['read me.txt', 'attachment; filename="read me.txt"'],
    ['a"b\\c', 'attachment; filename="a\\"b\\\\c"'],
    ['50%.bin', `attachment; filename="50_.bin"; filename*=UTF-8''50%25.bin`],
    ['naïve (1)*.txt', `attachment; filename="na_ve (1)*.txt"; filename*=UTF-8''na%C3%AFve%20%281%29%2A.txt`],
    ['x\r\nSet-Cookie: a', `attachment; filename="x__Set-Cookie: a"; filename*=UTF-8''x%0D%0ASet-Cookie%3A%20a`],
    ['dir/', 'attachment; filename="artifact"'],
  ])('%j', (path, header) => expect(contentDisposition(path)).toBe(header));

  test('holds nothing that ends a header, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (path) => {
        expect(contentDisposition(path)).toMatch(/^attachment; filename="(?:[^"\\]|\\["\\])*"(?:; filename\*=UTF-8''[\w!#$&+.^`|~%-]+)?$/);
        expect(contentDisposition(path)).toMatch(/^[\x20-\x7e]+$/);
      }),
    );
  });
});
