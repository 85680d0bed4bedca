// What a renewal asks beyond the form: what was done with the weights so far.
import { element } from '../portal.js';
import { controlId } from './fields.js';

const QUESTION = 'What did you do with the model so far?';

/** What a fault speaks of: a field of the form, or the use statement. */
export const labelIn = (fields, id) => fields.find((field) => field.id === id)?.label ?? (id === 'useStatement' ? QUESTION : id);

/** {row, read}: `read` gives {useStatement}, or nothing where nothing was written. */
export function useStatement(text) {
  const area = element('textarea', { id: controlId('useStatement'), rows: 6, maxLength: 10_000, required: true, value: text ?? '' });
  const caption = element('label', { htmlFor: area.id }, QUESTION, ' ', element('small', {}, '(required)'));
  return {
    row: element('div', { className: 'field' }, caption, area),
    read: () => (area.value.trim() ? { useStatement: area.value } : {}),
  };
}
