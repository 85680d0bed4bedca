import { words } from '../words/index.js';

/** Made once: a long table formats hundreds of moments while it scrolls. */
const FORMATS = {
  day: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }),
  time: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }),
};
type Form = keyof typeof FORMATS;

/** A moment as the reader's calendar has it, where it stands within a sentence. */
export const momentInWords = (at: string, as: Form = 'day'): string => FORMATS[as].format(new Date(at));

/** A moment in the reader's locale and zone, with UTC on hover. */
export function Moment({ at, as = 'day' }: { at: string | null | undefined; as?: Form }) {
  if (!at) return null;
  return (
    <time dateTime={at} title={words.frame.utc(new Date(at).toISOString().replace('T', ' ').slice(0, 19))}>
      {momentInWords(at, as)}
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
