// The statement that is asked for once a grant has ended.
import { act, api, element, fieldsOf, note } from '../portal.js';
import { deletionInWords } from './wording.js';

const day = (time) => new Date(time).toLocaleDateString();
const CAUSES = { expired: 'has ended', revoked: 'was revoked' };

/** A section with the form that states it; `done` shows the page anew. */
export function deletionForm(statement, done) {
  const { grant, model, licensee, cause } = statement;
  const form = element(
    'form',
    {},
    element(
      'label',
      { className: 'choice' },
      element('input', { type: 'checkbox', name: 'deleted', required: true }),
      'All copies of the weights are deleted.',
    ),
    element('label', {}, 'What else there is to say (may stay empty)', element('textarea', { name: 'words', rows: 3, maxLength: 4000 })),
    element('button', {}, 'State it'),
  );
  act(form, async () => {
    const { words } = fieldsOf(form);
    await api('POST', `/grants/${grant}/deletion-statement`, { deleted: true, ...(words.trim() && { statement: words }) });
    await done();
    note(document.querySelector('[data-grants]'), 'done', `For ${model} it is stated that all copies are deleted.`);
  });
  return element(
    'section',
    {},
    element('h2', {}, `State the deletion of ${model}`),
    element('p', {}, `The access of ${licensee ?? 'yourself'} to ${model} ${CAUSES[cause]}. ${deletionInWords(statement, day)}.`),
    form,
  );
}
