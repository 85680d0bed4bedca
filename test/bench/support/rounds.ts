/** Runs the ways in turn, round after round, so that a busy moment of the machine meets all of them; all figures of each way. */
export async function inTurn<Way extends string>(
  rounds: number,
  ways: Record<Way, (round: number) => Promise<number>>,
): Promise<Record<Way, number[]>> {
  const names = Object.keys(ways) as Way[];
  const figures = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Way, number[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) figures[name].push(await ways[name](round));
  }
  return figures;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
