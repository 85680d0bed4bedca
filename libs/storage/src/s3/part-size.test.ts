import { mostParts, partSizeAt } from './part-size.js';

describe('the size of a part', () => {
  const first = 16 * 1024 * 1024;

  it('stays the same for the first 5,000 parts', () => {
    expect(partSizeAt(1, first)).toBe(first);
    expect(partSizeAt(5000, first)).toBe(first);
    expect(partSizeAt(5001, first)).toBe(2 * first);
  });

  it('lets all parts hold 1 TiB, none larger than the protocol allows', () => {
    let total = 0;
    for (let number = 1; number <= mostParts; number++) total += partSizeAt(number, first);
    expect(total).toBeGreaterThan(2 ** 40);
    expect(partSizeAt(mostParts, first)).toBeLessThanOrEqual(5 * 2 ** 30);
  });
});
