export interface Measured {
  label: string;
  value: number;
  unit: string;
}

export interface BenchResult {
  name: string;
  ours: Measured;
  against: Measured[];
  /** How many times better than each of `against`, in its order; above 1 is better than it. */
  ratios: { against: string; ratio: number }[];
  /** What was promised, in words. */
  bar: string;
  reached: boolean;
  notes: string[];
}

/** What a bench prints, for run.ts to read. */
export function print(results: BenchResult | BenchResult[]): void {
  process.stdout.write(`${JSON.stringify([results].flat(), null, 2)}\n`);
}
