import { localPath } from './return-to.js';

test.each([
  ['/grants', '/grants'],
  ['/models/a?special=true', '/models/a?special=true'],
  ['//evil.example', undefined],
  ['/\\evil.example', undefined],
  ['/..//evil.example', undefined],
  ['/./..//evil.example', undefined],
  ['/a//b', '/a//b'],
  ['https://evil.example/', undefined],
  ['/\t/evil.example', undefined],
  ['javascript:alert(1)', undefined],
  [undefined, undefined],
  [7, undefined],
])('after sign-in one comes to %p only as %p', (asked, path) => expect(localPath(asked)).toBe(path));
