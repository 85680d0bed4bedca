// The review of one request. What is decided on is what is shown here: its digests go with the decision.
import { act, api, button, element, fieldsOf, fill, me, moment, note } from '../portal.js';
import { answerInWords } from '../requests/answering.js';
import { decisionChoice } from './decision.js';
import { nameOfCountry } from '../requests/fields.js';
import { answered, timeline, useStated } from '../requests/timeline.js';
import { STATES } from '../requests/wording.js';

const place = document.querySelector('[data-review]');
const path = `/access-requests/${place.dataset.review}`;
const AWAITING = new Set(['submitted', 'in-review', 'appealed']);
const yes = (value) => (value ? 'yes' : 'no');

const pairs = (entries) => element('dl', {}, ...entries.flatMap(([term, value]) => [element('dt', {}, term), element('dd', {}, value)]));

function facts({ request, assignedTo, approvals }) {
  const { licensee } = request;
  return pairs([
    ['State', STATES[request.state].is],
    ['Model', element('a', { href: `/models/${request.model}` }, request.model)],
    ['Licensee', `${licensee.name ?? 'erased'}, ${licensee.country ? nameOfCountry(licensee.country) : 'no country'} (${licensee.kind})`],
    ['Sent', `${moment(request.submittedAt)}, round ${request.round}`],
    ['Approvals', `${approvals.given} of ${approvals.needed}`],
    ['Assigned to', assignedTo ?? 'nobody'],
  ]);
}

const hints = ({ hints: trust, prerequisites, referee }) =>
  pairs([
    ['Confirmed mail domain', trust.mailDomain ?? 'none'],
    ['Institutional mail', yes(trust.institutionalMail)],
    ['ORCID iD proved', yes(trust.orcid)],
    ['Earlier grants', `${trust.earlierGrants} kept, ${trust.revokedGrants} revoked`],
    ['Deletion statements outstanding', String(trust.outstandingDeletions)],
    ['Other requests from there', String(trust.organizationRequests)],
    ...prerequisites.map(({ kind, state, until }) => [`Prerequisite: ${kind}`, until ? `${state}, until ${moment(until)}` : state]),
    ...(referee ? [['Referee', `${referee.relation ?? 'no relation told'}, at ${referee.domain}, ${moment(referee.at)}`]] : []),
  ]);

function assignment(show) {
  const assign = async (reviewer) => {
    await api('POST', `${path}/assign`, { reviewer });
    await show();
  };
  const form = element(
    'form',
    {},
    element('label', {}, 'Another reviewer, by e-mail', element('input', { name: 'reviewer', type: 'email', required: true })),
    element('button', {}, 'Assign'),
  );
  act(form, () => assign(fieldsOf(form).reviewer));
  const buttons = element(
    'p',
    { className: 'actions' },
    button('Assign to me', async () => assign((await me).email)),
    button('Assign to nobody', () => assign(null)),
  );
  return element('details', {}, element('summary', {}, 'Assign'), buttons, form);
}

function decision({ request, templates }, show) {
  const choice = decisionChoice(templates);
  const form = element('form', {}, choice.row, element('button', {}, 'Decide'));
  act(form, async () => {
    const { command, ...reason } = choice.read();
    const seen = { licenseVersion: request.licenseVersion, answersHash: request.answersHash };
    const { state } = await api('POST', `${path}/${command}`, { ...reason, seen });
    await show();
    const more = command === 'approve' && state === 'in-review' ? ' Another reviewer has to approve it too.' : '';
    const queue = element('a', { href: '/review' }, 'Back to the queue');
    note(place.firstChild, 'done', `${STATES[state].is}.${more} `, queue);
  });
  return form;
}

function notes(written, show) {
  const form = element(
    'form',
    {},
    element(
      'label',
      {},
      'A note, which reviewers alone read',
      element('textarea', { name: 'text', rows: 3, maxLength: 4000, required: true }),
    ),
    element('button', {}, 'Add the note'),
  );
  act(form, async () => {
    await api('POST', `${path}/notes`, fieldsOf(form));
    await show();
  });
  const lines = written.map(({ by, text, at }) =>
    element('li', {}, element('strong', {}, by ?? 'erased'), ' ', moment(at), element('p', { className: 'quoted' }, text ?? 'erased')),
  );
  return element('div', {}, lines.length > 0 ? element('ul', { className: 'timeline' }, ...lines) : element('p', {}, 'None yet.'), form);
}

async function show() {
  const review = await api('GET', `${path}/review`);
  const { request, fields } = review;
  const awaits = AWAITING.has(request.state);
  document.querySelector('h1').textContent = `Request of ${request.licensee.name ?? 'somebody'} for ${request.model}`;
  const part = (title, ...content) => element('section', {}, element('h2', {}, title), ...content);
  place.replaceChildren(
    element('p', {}, element('a', { href: '/review' }, 'Back to the queue')),
    facts(review),
    ...(awaits ? [assignment(show)] : []),
    ...useStated(request),
    part(
      'Answers',
      answered(fields, request.answers, (field, answer) => answerInWords(field, answer, nameOfCountry)),
    ),
    part('What was verified', element('p', {}, 'What an applicant typed proves nothing; this was proved.'), hints(review)),
    part('What happened', timeline(request, review.decisions)),
    part('Notes', notes(review.notes, show)),
    ...(awaits ? [part('Decide', decision(review, show))] : []),
  );
}

fill(place, show);
