import { words } from '../../words/index.js';

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** Seconds as people say them, rounded up: a promise is better kept than short. */
export function duration(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds >= length) ?? UNITS[2];
  return words.catalog.duration(Math.max(Math.ceil(seconds / length), 1), unit);
}
