import { COUNTRIES } from '@paddock/domain';

const names = new Intl.DisplayNames(undefined, { type: 'region', fallback: 'code' });
export const nameOfCountry = (code: string): string => (/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code);

/** Every country for a select, by the reader's names and in their order. */
export const countryOptions = (): { value: string; label: string }[] =>
  COUNTRIES.map((value) => ({ value, label: nameOfCountry(value) })).sort((a, b) => a.label.localeCompare(b.label));
