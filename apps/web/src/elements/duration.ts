import { words } from '../words/index.js';

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** A time as people tell it: in the largest unit of which there are two, or one; rounded up, for it is said as "within". */
export function duration(seconds: number): string {
  const [unit, length] = UNITS.find(([, each]) => seconds >= 2 * each) ?? UNITS.find(([, each]) => seconds >= each) ?? UNITS[2];
  return words.frame.duration(Math.max(1, Math.ceil(seconds / length)), unit);
}
