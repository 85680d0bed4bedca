import { Refusal } from '../refusal.js';
import type { FormField } from './field.js';

export const MAX_FIELDS = 100;

/** Refuses a form that nobody could answer as its publisher means it. Conditions look back only, so they cannot run in a circle. */
export function refuseUnfitForm(fields: readonly FormField[]): void {
  const faults = fields.flatMap((field, index) => faultsOfField(field, fields.slice(0, index)));
  if (faults.length > 0) throw new Refusal('form-unfit', faults.join('; '), { faults });
}

function faultsOfField(field: FormField, before: readonly FormField[]): string[] {
  const faults: string[] = [];
  if (before.some(({ id }) => id === field.id)) faults.push(`${field.id}: there is an earlier field of this name`);
  if (field.kind === 'choice') {
    const values = field.options.map(({ value }) => value);
    if (new Set(values).size < values.length) faults.push(`${field.id}: an option stands twice`);
  }
  if (field.kind === 'number' && field.min !== undefined && field.max !== undefined && field.min > field.max)
    faults.push(`${field.id}: min is above max`);
  const { shownWhen } = field;
  if (!shownWhen) return faults;
  const other = before.find(({ id }) => id === shownWhen.field);
  if (!other) return [...faults, `${field.id}: shownWhen names ${shownWhen.field}, which is no earlier field`];
  const unfit = shownWhen.in.filter((value) => !canBe(other, value));
  return [...faults, ...unfit.map((value) => `${field.id}: ${other.id} can never be ${JSON.stringify(value)}`)];
}

function canBe(field: FormField, value: string | number | boolean): boolean {
  switch (field.kind) {
    case 'choice':
      return field.options.some((option) => option.value === value);
    case 'number':
      return typeof value === 'number';
    case 'attestation':
      return typeof value === 'boolean';
    default:
      return typeof value === 'string';
  }
}
