// The review queue: filters live in the address, so that a view can be kept and shared.
import { act, api, element, fieldsOf, fill, moment, table } from '../portal.js';
import { decisionChoice } from './decision.js';

const place = document.querySelector('[data-queue]');
const filters = document.querySelector('[data-filters]');
const bulk = document.querySelector('[data-bulk]');
const asked = new URLSearchParams(location.search);

function showFilters() {
  if (location.search === '') return;
  for (const control of filters.elements) {
    if (control.type === 'checkbox') control.checked = asked.get(control.name) === control.value;
    else if (control.name) control.value = asked.get(control.name) ?? control.value;
  }
}

/** What is asked of the API: the filled in filters, and the place to go on from. */
function query(more = {}) {
  const filled = Object.entries(fieldsOf(filters)).filter(([, value]) => value !== '');
  return new URLSearchParams([...filled, ...Object.entries(more)]).toString();
}

const links = () => [...place.querySelectorAll('tbody a')];
const boxes = () => [...place.querySelectorAll('tbody [type=checkbox]')];
const picked = () => boxes().filter(({ checked }) => checked);

function showPicked() {
  bulk.hidden = boxes().length === 0;
  bulk.querySelector('h2').textContent = `Decide the picked ones (${picked().length})`;
}

const line = ({ id, kind, model, applicant, licensee, state, assignedTo, submittedAt }) => [
  element('input', { type: 'checkbox', value: id, ariaLabel: `Pick the request of ${applicant ?? 'somebody'} for ${model}` }),
  element(
    'span',
    {},
    element('a', { href: `/review/${id}` }, applicant ?? 'erased'),
    element('span', { className: 'result', hidden: true }),
  ),
  licensee,
  kind === 'access' ? model : `${model} (${kind})`,
  state,
  assignedTo ?? 'nobody',
  moment(submittedAt),
];

async function show() {
  const cursor = asked.get('cursor');
  const { items, nextCursor } = await api('GET', `/access-requests?scope=review&limit=50&${query(cursor ? { cursor } : {})}`);
  const all = element('input', { type: 'checkbox', ariaLabel: 'Pick all on this page' });
  all.addEventListener('change', () => {
    for (const box of boxes()) box.checked = all.checked;
  });
  const shown = table([all, 'Applicant', 'For', 'Model', 'State', 'Assigned to', 'Sent'], items.map(line));
  const more = nextCursor ? element('a', { href: `?${query({ cursor: nextCursor })}`, rel: 'next' }, 'Next page') : '';
  place.replaceChildren(shown, element('p', {}, more));
  showPicked();
}

async function decide(choice) {
  const requests = picked().map(({ value }) => ({ id: value }));
  if (requests.length === 0) throw new Error('Pick at least one request.');
  const { items, done, refused } = await api('POST', '/decisions', { ...choice.read(), requests });
  for (const item of items) {
    const box = boxes().find(({ value }) => value === item.id);
    box.checked = false;
    const told = item.result === 'done' ? `now ${item.state}` : `${item.problem.title}: ${item.problem.detail} ${item.problem.remedy}`;
    const row = box.closest('tr');
    if (item.result === 'done') row.querySelector('[data-label=State]').textContent = item.state;
    const result = row.querySelector('.result');
    result.className = `result ${item.result === 'done' ? 'done' : 'problem'}`;
    result.hidden = false;
    result.textContent = told;
  }
  showPicked();
  bulk.querySelector('[role=status]')?.remove();
  bulk.append(element('p', { role: 'status' }, `${done} decided, ${refused} refused; each line says which.`));
}

function move(step) {
  const all = links();
  const next = all[Math.min(Math.max(all.indexOf(document.activeElement.closest('tr')?.querySelector('a')) + step, 0), all.length - 1)];
  next?.focus();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  x: () => document.activeElement.closest('tbody tr')?.querySelector('[type=checkbox]').click(),
};
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('textarea, select, input:not([type=checkbox])')) return;
  if (!Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});

showFilters();
place.addEventListener('change', showPicked);
act(filters, async () => location.assign(`?${query() || 'order=waiting'}`));
fill(place, async () => {
  await show();
  const { items } = await api('GET', '/reason-templates');
  const choice = decisionChoice(items);
  bulk.querySelector('[data-decision]').replaceChildren(choice.row);
  act(bulk, () => decide(choice));
});
