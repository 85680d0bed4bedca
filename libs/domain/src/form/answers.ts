import { isCountry } from './country.js';
import { type Answers, type FormField, maxLengthOf } from './field.js';
import { isOrcid } from './orcid.js';

type TextField = Exclude<FormField, { kind: 'number' }> &
  Exclude<FormField, { kind: 'choice' }> &
  Exclude<FormField, { kind: 'attestation' }>;

export interface AnswerFault {
  field: string;
  why: string;
}

/** Whether the field is asked for, given the answers to the fields before it. A hidden field hides those that hang on it. */
export function isAsked(field: FormField, fields: readonly FormField[], answers: Answers): boolean {
  const { shownWhen } = field;
  if (!shownWhen) return true;
  const other = fields.find(({ id }) => id === shownWhen.field);
  return (
    other !== undefined &&
    isAsked(other, fields, answers) &&
    [own(answers, other.id)].flat().some((given) => shownWhen.in.includes(given as string))
  );
}

/**
 * Every fault of the answers, in the order of the form; none means that they can be submitted. A draft may lack answers,
 * but what it holds must fit.
 */
export function faultsOf(fields: readonly FormField[], answers: Answers, stage: 'draft' | 'complete'): AnswerFault[] {
  const known = new Set(fields.map(({ id }) => id));
  const unknown = Object.keys(answers).filter((id) => !known.has(id));
  return [
    ...fields.flatMap((field) => faultOf(field, fields, answers, stage) ?? []),
    ...unknown.map((field) => ({ field, why: 'the form asks for nothing of this name' })),
  ];
}

function faultOf(field: FormField, fields: readonly FormField[], answers: Answers, stage: 'draft' | 'complete'): AnswerFault | undefined {
  const answer = own(answers, field.id);
  const asked = isAsked(field, fields, answers);
  if (answer === undefined) return stage === 'complete' && asked && field.required ? { field: field.id, why: missing(field) } : undefined;
  if (!asked) return stage === 'complete' ? { field: field.id, why: 'not asked for with these answers; leave it out' } : undefined;
  const why = misfit(field, answer, stage);
  return why === undefined ? undefined : { field: field.id, why };
}

/** An answer may be named like something that every object has. */
const own = (answers: Answers, id: string): unknown => (Object.hasOwn(answers, id) ? answers[id] : undefined);

const missing = (field: FormField) => (field.kind === 'attestation' ? 'must be confirmed' : 'must be answered');

function misfit(field: FormField, answer: unknown, stage: 'draft' | 'complete'): string | undefined {
  switch (field.kind) {
    case 'number':
      return numberMisfit(field, answer);
    case 'choice':
      return choiceMisfit(field, answer, stage);
    case 'attestation':
      if (typeof answer !== 'boolean') return 'must be true or false';
      return field.required && stage === 'complete' && !answer ? missing(field) : undefined;
    default:
      return typeof answer === 'string' ? textMisfit(field, answer, stage) : 'must be text';
  }
}

function textMisfit(field: TextField, answer: string, stage: string): string | undefined {
  if (answer.trim() === '') return field.required && stage === 'complete' ? missing(field) : undefined;
  switch (field.kind) {
    case 'country':
      return isCountry(answer) ? undefined : 'must be a country by its two letters (ISO 3166-1)';
    case 'orcid':
      return isOrcid(answer) ? undefined : 'must be an ORCID iD such as 0000-0002-1825-0097';
    case 'text':
    case 'long-text':
    case 'organization':
    case 'url':
      if ([...answer].length > maxLengthOf(field)) return `must not exceed ${maxLengthOf(field)} characters`;
      if (field.kind === 'url' && !isWebAddress(answer)) return 'must be an address that begins with https:// or http://';
      return field.kind !== 'long-text' && /[\r\n]/.test(answer) ? 'must be one line' : undefined;
  }
}

const WEB_ADDRESS = /^https?:\/\/[^\s/?#@]+(?:[/?#]\S*)?$/;
export const WEB_ADDRESS_PATTERN = WEB_ADDRESS.source;

const isWebAddress = (text: string) => WEB_ADDRESS.test(text);

function numberMisfit(field: Extract<FormField, { kind: 'number' }>, answer: unknown): string | undefined {
  if (typeof answer !== 'number' || !Number.isFinite(answer)) return 'must be a number';
  if (field.whole && !Number.isInteger(answer)) return 'must be a whole number';
  if (field.min !== undefined && answer < field.min) return `must be at least ${field.min}`;
  return field.max !== undefined && answer > field.max ? `must be at most ${field.max}` : undefined;
}

function choiceMisfit(field: Extract<FormField, { kind: 'choice' }>, answer: unknown, stage: string): string | undefined {
  const values = field.options.map(({ value }) => value);
  if (!field.several) return typeof answer === 'string' && values.includes(answer) ? undefined : `must be one of ${values.join(', ')}`;
  if (!Array.isArray(answer) || !answer.every((one) => values.includes(one as string))) return `must list some of ${values.join(', ')}`;
  if (new Set(answer).size < answer.length) return 'must list each option once';
  return field.required && stage === 'complete' && answer.length === 0 ? missing(field) : undefined;
}
