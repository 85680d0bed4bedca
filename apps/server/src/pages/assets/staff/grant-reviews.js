// Grants to look at again, and what deletion is still to be stated. Names and notes are people's text: only ever set as text.
import { act, api, button, element, fieldsOf, fill, me, moment, note, staffOf, table } from '../portal.js';
import { deletionInWords } from '../grants/wording.js';

const place = document.querySelector('[data-grant-reviews]');
const CAUSES = { 'email-changed': 'e-mail address', 'affiliation-changed': 'organization or country' };
const ENDS = { expired: 'it ended', revoked: 'revoked' };
const day = (time) => new Date(time).toLocaleDateString();

/** A list under its heading, with what comes after it on request. `rowOf` makes a row of an item. */
async function listed(title, path, head, rowOf, none) {
  const shown = element('div');
  const items = [];
  const more = async (cursor) => {
    const answer = await api('GET', `${path}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    items.push(...answer.items);
    shown.replaceChildren(
      items.length > 0 ? table(head, items.map(rowOf)) : element('p', {}, none),
      answer.nextCursor ? button('More', () => more(answer.nextCursor)) : '',
    );
  };
  await more();
  return element('section', {}, element('h2', {}, title), shown);
}

function closing({ id, model }) {
  const area = element('textarea', { name: 'note', rows: 3, maxLength: 4000, required: true });
  const form = element('form', {}, element('label', {}, 'What came of it', area), element('button', {}, 'Close it'));
  act(form, async () => {
    await api('POST', `/grant-reviews/${id}/close`, fieldsOf(form));
    await show();
    note(place.firstChild, 'done', `The look at a grant for ${model} is closed.`);
  });
  return element('details', {}, element('summary', {}, 'Close'), form);
}

const model = (slug) => element('a', { href: `/models/${slug}` }, slug);
const who = (name) => name ?? 'erased';

const open = (review) => [
  model(review.model),
  element('div', {}, who(review.licensee), element('br'), element('code', {}, review.grant)),
  CAUSES[review.cause],
  moment(review.openedAt),
  closing(review),
];
const closed = (review) => [
  model(review.model),
  who(review.licensee),
  CAUSES[review.cause],
  `${moment(review.closedAt)} by ${who(review.by)}`,
  element('span', { className: 'quoted' }, review.note ?? ''),
];
const due = (statement) => [model(statement.model), who(statement.licensee), ENDS[statement.cause], deletionInWords(statement, day)];

async function show() {
  const deletions = (state) => `/deletion-statements?scope=review&state=${state}`;
  const dueHead = ['Model', 'Licensee', 'Why access ended', 'Statement'];
  const sections = await Promise.all([
    listed(
      'To look at',
      '/grant-reviews?state=open',
      ['Model', 'Licensee and grant', 'What changed', 'Since', ''],
      open,
      'No grant waits for another look.',
    ),
    listed('Deletion overdue', deletions('overdue'), dueHead, due, 'No statement is overdue.'),
    listed('Deletion asked for', deletions('outstanding'), dueHead, due, 'No statement is outstanding.'),
    listed('Closed', '/grant-reviews?state=closed', ['Model', 'Licensee', 'What changed', 'Closed', 'Note'], closed, 'None yet.'),
  ]);
  const reviews = staffOf(await me, 'reviewer');
  place.replaceChildren(...(reviews ? sections : [element('p', {}, 'You review no model, so there is nothing here for you.')]));
}

fill(place, show);
