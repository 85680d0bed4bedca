// The statement that is asked for once a grant has ended.
import { act, api, element, fieldsOf, note } from '../portal.js';
import { DELETION_STATES } from './wording.js';

const CAUSES = { expired: 'has ended', revoked: 'was revoked' };

/** A section with the form that states it; `done` shows the page anew. */
export function deletionForm({ grant, model, licensee, cause, state, dueAt }, done) {
  const form = element(
    'form',
    {},
    element(
      'label',
      { className: 'choice' },
      element('input', { type: 'checkbox', name: 'deleted', required: true }),
      'All copies of the weights are deleted.',
    ),
    element(
      'label',
      {},
      'What else there is to say (may stay empty)',
      element('textarea', { name: 'statement', rows: 3, maxLength: 4000 }),
    ),
    element('button', {}, 'State it'),
  );
  act(form, async () => {
    const { statement } = fieldsOf(form);
    await api('POST', `/grants/${grant}/deletion-statement`, { deleted: true, ...(statement.trim() && { statement }) });
    await done();
    note(document.querySelector('[data-grants]'), 'done', `For ${model} it is stated that all copies are deleted.`);
  });
  const due = new Date(dueAt).toLocaleDateString();
  return element(
    'section',
    {},
    element('h2', {}, `State the deletion of ${model}`),
    element('p', {}, `The access of ${licensee ?? 'yourself'} to ${model} ${CAUSES[cause]}. ${DELETION_STATES[state]}: due on ${due}.`),
    form,
  );
}
