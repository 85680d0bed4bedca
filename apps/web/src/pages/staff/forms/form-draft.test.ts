import { idFrom, linesOf, moved, optionsOf } from './form-draft.js';

test('options are read one a line, with what is shown where it differs', () => {
  const options = optionsOf('academic = University\n\n industry \n=x\na = b = c');
  expect(options).toEqual([
    { value: 'academic', label: 'University' },
    { value: 'industry', label: 'industry' },
    { value: '=x', label: '=x' },
    { value: 'a', label: 'b = c' },
  ]);
  expect(optionsOf(linesOf(options.slice(0, 2)))).toEqual(options.slice(0, 2));
});

test.each([
  ['What will you do with it?', [], 'whatWillYouDo'],
  ['What will you do?', ['whatWillYouDo'], 'whatWillYouDo2'],
  ['42 Größe', [], 'Groe'],
  ['日本', [], 'field'],
])('of %j comes a name that is free of %j', (label, taken, id) => {
  expect(idFrom(label, taken)).toBe(id);
  expect(idFrom(label, taken)).toMatch(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/);
});

test('an item moves to a place', () => expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']));
