// The request page: the form in force, saved as one types, and sent. What fits is the server's to say.
import { faultsOf, isAsked } from '../domain/form/answers.js';
import { api, button, element, fill, me, note, showProblem } from '../portal.js';
import { answersFrom, heldFor, isOfAnotherForm, withoutFaults } from './answering.js';
import { faultSummary } from './faults.js';
import { fieldRow } from './fields.js';
import { licenseeChoice, licenseeShown } from './licensee.js';

const PAUSE = 800;
const place = document.querySelector('[data-request]');
const model = place.dataset.request;
const asked = new URLSearchParams(location.search).get('request');
const EDITABLE = ['draft', 'returned'];

let fields = [];
let rows = new Map();
let request;
let organizations = [];
let person;
let licensee;
/** What the server found at fault, by field; cleared as the field is changed. */
let faults = [];
let timer;
let dirty = false;
let working = Promise.resolve();

const saved = element('p', { className: 'saved', role: 'status' });
const summary = faultSummary();
const questions = element('div', { className: 'questions' });
const licensees = element('div');
const send = element('button', {}, 'Send the request');
const form = element(
  'form',
  { className: 'wide', noValidate: true },
  licensees,
  questions,
  element('div', { className: 'actions' }, send, saved),
);

const answers = () => answersFrom(fields, new Map([...rows].map(([id, row]) => [id, row.read()])), isAsked);

function showFaults() {
  const busy = document.activeElement;
  for (const [id, row] of rows) {
    const found = faults.find(({ field }) => field === id);
    if (!found || !row.row.contains(busy)) row.fault(found?.why);
  }
}

function showAsked() {
  const given = answers();
  for (const field of fields) rows.get(field.id).row.hidden = !isAsked(field, fields, given);
}

async function readForm() {
  const held = answers();
  ({ fields } = await api('GET', `/models/${model}/form`));
  rows = new Map(fields.map((field) => [field.id, fieldRow(field)]));
  questions.replaceChildren(...[...rows.values()].map(({ row }) => row));
  write({ ...request?.answers, ...held });
}

function write(given) {
  for (const [id, row] of rows) if (Object.hasOwn(given, id)) row.write(heldFor(given[id]));
  showAsked();
}

function showLicensee() {
  if (request) {
    const another = button('Ask for another', async () => {
      if (!confirm('This draft is withdrawn, and the answers go into a new one. Go on?')) return;
      await idle();
      await api('POST', `/access-requests/${request.id}/withdraw`, {});
      request = undefined;
      history.replaceState(null, '', location.pathname);
      showLicensee();
      saved.textContent = 'Not saved yet: say for whom you ask.';
    });
    licensees.replaceChildren(licenseeShown(request.licensee, request.state === 'draft' ? another : undefined));
    return;
  }
  licensee = licenseeChoice(person, organizations);
  licensees.replaceChildren(licensee.row);
}

/** Creates or changes the draft; throws what the API refuses. */
async function put(given) {
  if (request) {
    request = await api('PATCH', `/access-requests/${request.id}`, { answers: given });
    return;
  }
  request = await api('POST', '/access-requests', { model, licensee: licensee.read(), answers: given });
  // A reload goes on with this draft.
  history.replaceState(null, '', `${location.pathname}?request=${request.id}`);
  showLicensee();
}

/** Saves what can be saved: an answer that does not fit yet keeps none of the others from it. */
async function save() {
  if (!dirty) return;
  if (!request && !licensee.read()) {
    saved.textContent = 'Not saved yet: say for whom you ask.';
    return;
  }
  dirty = false;
  saved.textContent = 'Saving…';
  const given = answers();
  try {
    await put(given);
    saved.textContent = `Saved at ${new Date().toLocaleTimeString()}.`;
  } catch (error) {
    dirty = true;
    if (error.problem?.code !== 'answers-unfit') return failed(error);
    faults = error.problem.faults;
    await saveRest(given).catch(failed);
  }
  showFaults();
}

async function saveRest(given) {
  if (isOfAnotherForm(fields, faults)) return anotherForm();
  await put(withoutFaults(given, faults));
  dirty = false;
  saved.textContent = `Saved at ${new Date().toLocaleTimeString()}, except what is marked.`;
}

/** The publisher has put another form in force: what was written stays wherever it is still asked. */
async function anotherForm() {
  faults = [];
  await readForm();
  note(form, 'problem', 'The form has changed meanwhile. Your answers were kept where it still asks for them; please look it through.');
  dirty = true;
  later();
}

function failed(error) {
  saved.textContent = 'Not saved.';
  showProblem(form, error);
}

/** One call after another: two at once could save the older answers last. */
function idle(next = () => undefined) {
  clearTimeout(timer);
  working = working.then(next).catch(failed);
  return working;
}

const later = () => {
  clearTimeout(timer);
  timer = setTimeout(() => idle(save), PAUSE);
};

function changed(event) {
  const row = [...rows].find(([, { row }]) => row.contains(event.target));
  if (row) {
    faults = faults.filter(({ field }) => field !== row[0]);
    row[1].fault();
    showAsked();
  }
  dirty = true;
  saved.textContent = 'Changed, not saved yet.';
  later();
}

async function submit() {
  dirty = false;
  faults = [];
  summary.show([]);
  await put(answers());
  await api('POST', `/access-requests/${request.id}/submit`, {});
  location.assign(`/access-requests/${request.id}`);
}

async function refused(error) {
  dirty = true;
  saved.textContent = '';
  if (error.problem?.code === 'form-outdated') return anotherForm();
  if (error.problem?.code !== 'answers-unfit') return showProblem(form, error);
  // What was refused as it stands is told with what is missing yet, by the server's own rules.
  const told = error.problem.faults;
  const missing = faultsOf(fields, answers(), 'complete').filter(({ field }) => !told.some((one) => one.field === field));
  faults = [...told, ...missing];
  if (isOfAnotherForm(fields, faults)) return anotherForm();
  document.activeElement?.blur();
  showFaults();
  summary.show(
    faults.map(({ field, why }) => ({ field, label: fields.find(({ id }) => id === field).label, why })),
    error.problem.remedy,
  );
}

form.addEventListener('input', changed);
form.addEventListener('focusout', () => setTimeout(showFaults));
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (!request && !licensee.read()) {
    licensee.row.querySelector('input[name=legalName]').focus();
    note(form, 'problem', 'Say first for whom you ask: a legal name and a country, or an organization.');
    return;
  }
  send.disabled = true;
  await idle(() => submit().catch(refused));
  send.disabled = false;
});
addEventListener('beforeunload', (event) => dirty && event.preventDefault());

fill(place, async () => {
  person = await me;
  if (!person) {
    await readForm();
    const way = element('a', { href: `/sign-in?returnTo=${encodeURIComponent(location.pathname)}` }, 'Sign in to answer');
    send.remove();
    const closed = element('fieldset', { disabled: true }, element('legend', {}, 'What you will be asked'), questions);
    place.replaceChildren(element('p', {}, element('strong', {}, way), ' or ', element('a', { href: '/sign-up' }, 'sign up'), '.'), closed);
    return;
  }
  const mine = await api('GET', `/access-requests?model=${encodeURIComponent(model)}&limit=200`);
  ({ items: organizations } = await api('GET', '/organizations'));
  const open = mine.items.find(({ id, kind, state }) => EDITABLE.includes(state) && (asked === null ? kind === 'access' : asked === id));
  if (open) request = await api('GET', `/access-requests/${open.id}`);
  await readForm();
  showLicensee();
  const returned = request?.state === 'returned' ? request.decisions.findLast(({ outcome }) => outcome === 'return') : undefined;
  const others = mine.items.filter(({ state }) => ['submitted', 'in-review', 'appealed'].includes(state));
  place.replaceChildren(
    ...(returned
      ? [element('div', { className: 'problem' }, element('strong', {}, 'To be corrected'), element('p', {}, returned.reason))]
      : []),
    ...others.map(({ id, licensee: whose }) =>
      element('p', {}, 'A request is under way: ', element('a', { href: `/access-requests/${id}` }, `for ${whose ?? 'you'}`), '.'),
    ),
    summary.place,
    form,
  );
});
