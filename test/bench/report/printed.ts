import type { BenchResult, Measured } from '../result.ts';

/** One result for a terminal. */
export function printed({ name, ours, against, ratios, bar, reached, notes }: BenchResult): string {
  const sides = [ours, ...against];
  const width = Math.max(...sides.map(({ label }) => label.length));
  const lines = sides.map(
    (side, index) =>
      `    ${side.label.padEnd(width)}  ${figure(side)}${index > 0 ? `  (we are at ${times(ratios[index - 1]?.ratio)})` : ''}`,
  );
  return [`  ${name}`, ...lines, `    ${reached ? 'reached' : 'NOT REACHED'}: ${bar}`, ...notes.map((note) => `    - ${note}`)].join('\n');
}

export function figure({ value, unit }: Measured): string {
  return `${value >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3)} ${unit}`;
}

export function times(ratio: number | undefined): string {
  if (ratio === undefined) return '';
  return `${ratio >= 100 ? Math.round(ratio) : ratio.toPrecision(2)}×`;
}
