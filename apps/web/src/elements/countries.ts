import { COUNTRIES } from '@paddock/domain';

/** Of the reader's language. */
const names = new Intl.DisplayNames(undefined, { type: 'region', fallback: 'code' });
export const nameOfCountry = (code: string): string => (/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code);

let options: { value: string; label: string }[] | undefined;

/** Every country for a select, by the reader's names and in their order; sorted once, for a form is drawn anew with each key. */
export const countryOptions = () =>
  (options ??= COUNTRIES.map((value) => ({ value, label: nameOfCountry(value) })).sort((a, b) => a.label.localeCompare(b.label)));
