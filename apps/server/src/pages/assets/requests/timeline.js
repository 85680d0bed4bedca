// What has happened to a request, the latest last. Reasons are people's text: only ever set as text.
import { element, moment } from '../portal.js';
import { OUTCOMES } from './wording.js';

/** `decisions` as the API gives them; reviewers see by whom. */
export function timeline({ createdAt, submittedAt }, decisions) {
  const step = (at, what, reason) =>
    element(
      'li',
      {},
      element('strong', {}, what),
      ' ',
      element('time', { dateTime: at }, moment(at)),
      ...(reason ? [element('p', { className: 'quoted' }, reason)] : []),
    );
  return element(
    'ol',
    { className: 'timeline' },
    step(createdAt, 'Begun'),
    ...(submittedAt ? [step(submittedAt, 'Sent')] : []),
    ...decisions.map(({ outcome, by, reason, at }) => step(at, by ? `${OUTCOMES[outcome]} by ${by}` : OUTCOMES[outcome], reason)),
  );
}

/** Of a renewal: what was done with the weights so far. */
export function useStated({ useStatement }) {
  if (!useStatement) return [];
  return [element('h2', {}, 'Use so far'), element('p', { className: 'quoted' }, useStatement)];
}

/** Answers beside what was asked; what no form speaks of stands under its own name. */
export function answered(fields, answers, inWords) {
  const ids = new Set([...fields.map(({ id }) => id), ...Object.keys(answers)]);
  const lines = [...ids].flatMap((id) => {
    const field = fields.find((one) => one.id === id);
    if (!Object.hasOwn(answers, id)) return [];
    return [element('dt', {}, field?.label ?? id), element('dd', { className: 'quoted' }, inWords(field, answers[id]))];
  });
  return lines.length > 0 ? element('dl', { className: 'answers' }, ...lines) : element('p', {}, 'Nothing was answered.');
}
