// One's own requests, and where one of them stands. What can be done now is the domain's table.
import { TRANSITIONS } from '../domain/access-request/states.js';
import { act, api, element, fieldsOf, fill, me, moment, staffOf, table } from '../portal.js';
import { answerInWords } from './answering.js';
import { nameOfCountry } from './fields.js';
import { answered, timeline, useStated } from './timeline.js';
import { commandsFor, standing, STATES } from './wording.js';

const link = (href, text, className = '') => element('a', { href, className }, text);
const inWords = (field, answer) => answerInWords(field, answer, nameOfCountry);

for (const place of document.querySelectorAll('[data-requests]')) {
  fill(place, async () => {
    const cursor = new URLSearchParams(location.search).get('cursor');
    const { items, nextCursor } = await api('GET', `/access-requests${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`);
    place.replaceChildren(
      table(
        ['Model', 'For', 'State', 'Since'],
        items.map(({ id, model, licensee, state, createdAt, submittedAt }) => [
          link(`/access-requests/${id}`, model),
          licensee,
          STATES[state].is,
          moment(submittedAt ?? createdAt),
        ]),
      ),
      element('p', {}, items.length > 0 ? '' : 'A request is made from the page of a model: ', link('/models', 'Models')),
      nextCursor ? link(`?cursor=${encodeURIComponent(nextCursor)}`, 'Earlier ones') : '',
    );
  });
}

/** Whether the reader reviews this request: then it is theirs to decide, not to withdraw. */
async function reviews(id) {
  if (!staffOf(await me, 'reviewer')) return false;
  return api('GET', `/access-requests/${id}/review`).then(
    () => true,
    () => false,
  );
}

async function afterApproval({ id, kind, model, licensee, grant }) {
  const downloads = link('/grants', 'To the downloads', 'button');
  // A renewal before the end adds a period to the grant that there is.
  if (grant === null) return kind === 'renewal' ? [downloads] : [];
  const [grants, { items: organizations }] = await Promise.all([
    api('GET', `/grants?model=${encodeURIComponent(model)}`),
    api('GET', '/organizations'),
  ]);
  const { state, until } = grants.items.find((one) => one.id === grant) ?? {};
  const renew = link(`/models/${model}/request?renew=${id}`, state === 'expired' ? 'Renew' : `Renew, for it ends on ${moment(until)}`);
  if (state === 'active') return [downloads, ...(until ? [renew] : [])];
  if (state === 'expired') return [renew];
  if (state !== 'pending-acceptance') return [link('/grants', `The grant is ${state ?? 'not yours to use'}: see your access`)];
  const organization = organizations.find((one) => one.licensee === licensee.id);
  const accept = `/models/${model}/accept${organization ? `?organization=${organization.id}` : ''}`;
  return [link(accept, 'Read and accept the agreement', 'button')];
}

/** A command that needs more than a press: words, and whether they may stay away. */
function command(request, name, { title, label, text, required }, done) {
  const area = element('textarea', { name: 'reason', rows: 3, maxLength: 4000, required });
  const form = element('form', {}, element('p', {}, text), element('label', {}, label, area), element('button', {}, title));
  act(form, async () => {
    const { reason } = fieldsOf(form);
    await api('POST', `/access-requests/${request.id}/${name}`, reason ? { reason } : {});
    await done();
  });
  return element('details', {}, element('summary', {}, title), form);
}

async function ways(request, done) {
  const can = commandsFor(request, TRANSITIONS, Date.now());
  const again = `/models/${request.model}/request?request=${request.id}`;
  return [
    ...(request.state === 'approved' ? await afterApproval(request) : []),
    ...(can.includes('edit') ? [link(again, request.state === 'returned' ? 'Correct and send again' : 'Go on with it', 'button')] : []),
    ...(can.includes('appeal')
      ? [
          command(
            request,
            'appeal',
            {
              title: 'Appeal',
              label: 'Why it should be looked at again',
              text: `Once, until ${moment(request.appealUntil)}. Another person decides, wherever there is another.`,
              required: true,
            },
            done,
          ),
        ]
      : []),
    ...(can.includes('withdraw')
      ? [
          command(
            request,
            'withdraw',
            {
              title: 'Withdraw',
              label: 'Why (may stay empty)',
              text: 'This cannot be undone; you may send a new request.',
              required: false,
            },
            done,
          ),
        ]
      : []),
    ...(['rejected', 'withdrawn'].includes(request.state) ? [link(`/models/${request.model}/request`, 'Send a new request')] : []),
  ];
}

function facts(request, withStanding) {
  const pairs = [
    ['Model', link(`/models/${request.model}`, request.model)],
    ['Asked for', request.licensee.name ?? ''],
    ...(withStanding
      ? [
          ['Place in the queue', withStanding.position],
          ['Usual wait', withStanding.wait],
        ]
      : []),
  ];
  return element('dl', {}, ...pairs.flatMap(([term, value]) => [element('dt', {}, term), element('dd', {}, value)]));
}

for (const place of document.querySelectorAll('[data-status]')) {
  const show = async () => {
    const request = await api('GET', `/access-requests/${place.dataset.status}`);
    const [form, isReviewer] = await Promise.all([api('GET', `/models/${request.model}/form`), reviews(request.id)]);
    const { is, next } = STATES[request.state];
    document.querySelector('h1').textContent = `Access request for ${request.model}`;
    const todo = isReviewer ? [link(`/review/${request.id}`, 'Review this request', 'button')] : await ways(request, show);
    place.replaceChildren(
      element('p', { className: 'standing' }, element('strong', {}, is), element('span', {}, isReviewer ? '' : next)),
      element('div', { className: 'actions' }, ...todo),
      facts(request, request.queue && standing(request.queue)),
      element('h2', {}, 'What happened'),
      timeline(request, request.decisions),
      ...useStated(request),
      element('h2', {}, 'The answers'),
      answered(form.n === request.form ? form.fields : [], request.answers, inWords),
    );
  };
  fill(place, show);
}
