import type { FormField } from '@paddock/contracts';
import type { Wire } from '../../../api/wire.js';
import { REVIEW } from '../../../words/staff/review.js';

const { answers: said } = REVIEW;

/** What somebody answered, as people read it: the option's label, the country's name. */
export function answerInWords(field: Wire<typeof FormField>, answer: unknown): string {
  if (answer === undefined || answer === null || answer === '') return said.none;
  if (typeof answer === 'boolean') return answer ? said.yes : said.no;
  if (field.kind === 'country') return countryName(String(answer));
  if (field.kind === 'choice') {
    const label = (value: unknown) => field.options.find((option) => option.value === value)?.label ?? String(value);
    return Array.isArray(answer) ? answer.map(label).join(', ') || said.none : label(answer);
  }
  return Array.isArray(answer) ? answer.join(', ') : String(answer);
}

const names = new Intl.DisplayNames(undefined, { type: 'region', fallback: 'code' });

export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? names.of(code)! : code;
}
