import { words } from '../words/index.js';

const FORMS = {
  day: { dateStyle: 'medium' },
  time: { dateStyle: 'medium', timeStyle: 'short' },
} as const;

/** A moment in the reader's locale and zone, with UTC on hover. */
export function Moment({ at, as = 'day' }: { at: string | null | undefined; as?: keyof typeof FORMS }) {
  if (!at) return null;
  const moment = new Date(at);
  return (
    <time dateTime={at} title={words.frame.utc(moment.toISOString().replace('T', ' ').slice(0, 19))}>
      {new Intl.DateTimeFormat(undefined, FORMS[as]).format(moment)}
    </time>
  );
}

/** How far off a moment is, in the reader's words: "in 3 days", "2 hours ago". */
export function distance(at: string, now: number): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  const [unit, length] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const);
  return new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' }).format(Math.round(seconds / length), unit);
}

const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const satisfies [Intl.RelativeTimeFormatUnit, number][];
