import { isAsked, type AnswerFault, type Answers, type FormField } from '@paddock/domain';
import { nameOfCountry } from '../../../elements/countries.js';
import { FORM } from '../../../words/access/form.js';

/** What a control holds: text; of several choices the values picked; of an attestation whether it is ticked. */
export type Held = string | string[] | boolean;
export type AllHeld = Readonly<Record<string, Held>>;

/** The answer that a control holds; undefined where nothing was answered. */
export function answerOf(field: FormField, held: Held): unknown {
  if (typeof held === 'boolean') return held || undefined;
  if (Array.isArray(held)) return held.length > 0 ? held : undefined;
  const text = held.trim();
  if (text === '') return undefined;
  switch (field.kind) {
    case 'number':
      // What is no number is sent as it was typed, for the server to say so.
      return Number.isFinite(Number(text)) ? Number(text) : text;
    case 'orcid':
      // People paste the address that ORCID shows them.
      return text.replace(/^https?:\/\/orcid\.org\//, '');
    case 'choice':
    case 'country':
      return held;
    default:
      return text;
  }
}

/** The answers to what is asked, given these answers; what is hidden is left out, though its control may still hold something. */
export function answersFrom(fields: readonly FormField[], held: AllHeld): Record<string, unknown> {
  const given = Object.fromEntries(
    fields.flatMap((field) => {
      const answer = Object.hasOwn(held, field.id) ? answerOf(field, held[field.id]!) : undefined;
      return answer === undefined ? [] : [[field.id, answer]];
    }),
  );
  const asked = fields.filter((field) => Object.hasOwn(given, field.id) && isAsked(field, fields, given));
  return Object.fromEntries(asked.map(({ id }) => [id, given[id]]));
}

/** What the controls are to hold to show these answers. */
export const heldFor = (answers: Answers): Record<string, Held> =>
  Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, heldOf(answer)]));

function heldOf(answer: unknown): Held {
  if (typeof answer === 'boolean') return answer;
  return Array.isArray(answer) ? answer.map(String) : String(answer ?? '');
}

/** The answers without those at fault: these can be saved, whatever becomes of the others. */
export function withoutFaults(answers: Answers, faults: readonly AnswerFault[]): Record<string, unknown> {
  const unfit = new Set(faults.map(({ field }) => field));
  return Object.fromEntries(Object.entries(answers).filter(([id]) => !unfit.has(id)));
}

const { notAnswered, confirmed, notConfirmed } = FORM;

/** An answer as people read it: by the labels of the options and the name of the country. */
export function answerInWords(field: FormField | undefined, answer: unknown): string {
  if (answer === undefined || answer === null || answer === '') return notAnswered;
  if (typeof answer === 'boolean') return answer ? confirmed : notConfirmed;
  if (Array.isArray(answer)) return answer.map((one) => answerInWords(field, one)).join(', ') || notAnswered;
  if (typeof answer === 'object') return JSON.stringify(answer);
  const text = String(answer);
  if (field?.kind === 'choice') return field.options.find(({ value }) => value === text)?.label ?? text;
  return field?.kind === 'country' ? nameOfCountry(text) : text;
}
