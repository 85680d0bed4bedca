/** What an input of a date and time holds, as the API takes it; the reader's own zone. */
export const instantOf = (local: string): string | undefined => (local === '' ? undefined : new Date(local).toISOString());

/** The other way: for an input of the kind datetime-local. */
export function localOf(instant: string | undefined): string {
  if (!instant) return '';
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
