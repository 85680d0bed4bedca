import { csv } from './csv.js';

test('fields are quoted where they must be, and formulas stay text', () => {
  expect(
    csv(
      ['a', 'b'],
      [
        ['x,"y"', 1],
        ['=1+1', null],
        ['-2', -2],
      ],
    ),
  ).toBe('a,b\r\n"x,""y""",1\r\n\'=1+1,\r\n\'-2,-2\r\n');
});
