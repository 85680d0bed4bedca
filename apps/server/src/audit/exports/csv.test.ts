import { csvCell, csvLine } from './csv.js';

describe('CSV for spreadsheets', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+49', "'+49"],
    ['-2', "'-2"],
    ['@sum', "'@sum"],
    ['\tx', "'\tx"],
  ])('%j is no formula', (given, expected) => {
    expect(csvCell(given)).toBe(expected);
  });

  test('quotes what RFC 4180 asks to be quoted', () => {
    expect(csvLine(['a,b', 'say "hi"', 'two\nlines', null, '3'])).toBe('"a,b","say ""hi""","two\nlines",,3\r\n');
    expect(csvCell('=HYPERLINK("x")')).toBe(`"'=HYPERLINK(""x"")"`);
  });
});
