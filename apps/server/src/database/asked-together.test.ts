import { AskedTogether } from './asked-together.js';

describe('questions of one turn', () => {
  let statements: number[][];
  const together = () =>
    new AskedTogether<number, string>(async (numbers) => {
      statements.push(numbers);
      if (numbers.includes(13)) throw new Error('no thirteen');
      return numbers.map(String);
    }, 3);
  beforeEach(() => {
    statements = [];
  });

  it('go in statements of at most so many, each answered with its own', async () => {
    const asked = together();
    expect(await Promise.all([1, 2, 3, 4].map((number) => asked.ask(number)))).toEqual(['1', '2', '3', '4']);
    expect(statements).toEqual([[1, 2, 3], [4]]);
  });

  it('are asked anew each time', async () => {
    const asked = together();
    await asked.ask(1);
    await asked.ask(1);
    expect(statements).toEqual([[1], [1]]);
  });

  it('do not suffer from one that fails', async () => {
    const asked = together();
    const answers = await Promise.allSettled([1, 13, 2].map((number) => asked.ask(number)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
