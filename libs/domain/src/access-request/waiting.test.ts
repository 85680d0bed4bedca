import { usualWait } from './waiting.js';

const upTo = (n: number) => Array.from({ length: n }, (_, index) => n - index);

describe('the usual wait', () => {
  test('is not known below twenty decisions', () => {
    expect(usualWait(upTo(19))).toBeNull();
    expect(usualWait([])).toBeNull();
  });

  test('is the middle, and what nine of ten stay within', () => {
    expect(usualWait(upTo(20))).toEqual({ median: 10, p90: 18, decisions: 20 });
    expect(usualWait([...upTo(20), 1_000_000])).toEqual({ median: 11, p90: 19, decisions: 21 });
  });
});
