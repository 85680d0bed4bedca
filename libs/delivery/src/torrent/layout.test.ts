import { layOut, spansOf } from './layout.js';

const PIECE = 16;
const files = [
  { path: 'a.b', size: 5 },
  { path: 'a/c', size: 20 },
  { path: 'empty', size: 0 },
  { path: 'z', size: 16 },
];

describe('the layout of a torrent', () => {
  const places = layOut(files, PIECE);

  test('follows the file tree, and pads so that files begin at a piece', () => {
    expect(places.map(({ path, offset, size }) => [path, offset, size])).toEqual([
      ['a/c', 0, 20],
      ['.pad/12', 20, 12],
      ['a.b', 32, 5],
      ['empty', 37, 0],
      ['.pad/11', 37, 11],
      ['z', 48, 16],
    ]);
  });

  test('finds bytes across files and padding', () => {
    const found = (offset: number, length: number) =>
      spansOf(places, offset, length).map(({ place, first, length }) => [place.path, first, length]);
    expect(found(18, 16)).toEqual([
      ['a/c', 18, 2],
      ['.pad/12', 0, 12],
      ['a.b', 0, 2],
    ]);
    expect(found(36, 14)).toEqual([
      ['a.b', 4, 1],
      ['.pad/11', 0, 11],
      ['z', 0, 2],
    ]);
    expect(found(63, 1)).toEqual([['z', 15, 1]]);
    expect(() => found(63, 2)).toThrow(RangeError);
    expect(() => found(64, 1)).toThrow(RangeError);
  });
});
