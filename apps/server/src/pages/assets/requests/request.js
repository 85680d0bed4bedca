// The request page: the form in force, saved as one types, and sent. What fits is the server's to say.
import { api, button, element, fill, me, note, showProblem } from '../portal.js';
import { draftFor } from './draft.js';
import { faultSummary } from './faults.js';
import { licenseeChoice, licenseeShown, sameLicensee } from './licensee.js';
import { questionnaire } from './questionnaire.js';
import { labelIn, useStatement } from './renewal.js';

const PAUSE = 800;
const FOR_WHOM = 'Not saved yet: say for whom you ask.';
const place = document.querySelector('[data-request]');
const model = place.dataset.request;
const address = new URLSearchParams(location.search);
/** The approved request that is to be renewed. */
const previous = address.get('renew');
/** Asked of the licensor: terms of one's own. */
const special = address.has('special');
const kindAsked = previous ? 'renewal' : special ? 'special-license' : 'access';

let questions = questionnaire([]);
/** The version of the form that is shown. */
let version = null;
let choice;
/** Of a renewal alone. */
let statement;
/** What the server found at fault; an answer's fault goes when the answer is changed. */
let faults = [];
let timer;
let dirty = false;

const draft = draftFor(model, { kind: kindAsked, ...(previous && { previous }) }, () => showLicensee());
const saved = element('p', { className: 'saved', role: 'status' });
const summary = faultSummary();
const licensees = element('div');
const send = element('button', {}, 'Send the request');
const actions = element('div', { className: 'actions' }, send, saved);
const form = element('form', { className: 'wide', noValidate: true }, licensees, questions.place, actions);
/** What is told of the form stands in its frame, and goes when the form is sent anew. */
const frame = element('div', {}, form);

const formInForce = () => api('GET', `/models/${model}/form`);

async function readForm(given) {
  const { n, fields } = await formInForce();
  version = n;
  const asked = questionnaire(fields, given);
  questions.place.replaceWith(asked.place);
  questions = asked;
}

function showLicensee() {
  if (draft.request) {
    const { licensee, state, kind } = draft.request;
    const another = button('Ask for another', async () => {
      if (!confirm('This draft is withdrawn, and the answers go into a new one. Go on?')) return;
      await draft.inTurn(() => draft.withdraw());
      licensees.replaceChildren(choice.row);
      saved.textContent = FOR_WHOM;
    });
    licensees.replaceChildren(licenseeShown(licensee, state === 'draft' && kind !== 'renewal' ? another : undefined));
  } else licensees.replaceChildren(choice.row);
}

const said = () => ({ answers: questions.answers(), ...statement?.read() });
const ready = () => draft.request !== undefined || choice.read() !== undefined;

async function save() {
  if (!dirty) return;
  if (!ready()) {
    saved.textContent = FOR_WHOM;
    return;
  }
  dirty = false;
  saved.textContent = 'Saving…';
  try {
    faults = await draft.keep(said(), choice.read());
    if (draft.request.form !== version) return anotherForm();
    saved.textContent = `Saved at ${new Date().toLocaleTimeString()}${faults.length > 0 ? ', except what is marked' : ''}.`;
    questions.showFaults(faults);
  } catch (error) {
    await failed(error);
  }
}

function later() {
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(() => draft.inTurn(save), PAUSE);
}

async function failed(error) {
  dirty = true;
  saved.textContent = 'Not saved.';
  const { code, faults: told = [], specialLicense } = error.problem ?? {};
  if (specialLicense) error.problem.remedyUrl = `/models/${model}/request?special`;
  if (code !== 'answers-unfit' && code !== 'form-outdated') return showProblem(form, error);
  if ((await formInForce()).n !== version) return anotherForm();
  // What was refused as it stands is told with what is missing yet.
  faults = [...told, ...questions.missing().filter(({ field }) => !told.some((one) => one.field === field))];
  document.activeElement?.blur();
  questions.showFaults(faults);
  summary.show(faults.map(({ field, why }) => ({ field, label: labelIn(questions.fields, field), why })));
}

/** The publisher has put another form in force: what was written stays wherever it is still asked. */
async function anotherForm() {
  faults = [];
  await readForm(questions.answers());
  note(form, 'problem', 'The form has changed meanwhile. Your answers were kept where it still asks for them; please look it through.');
  later();
}

async function submit() {
  dirty = false;
  clearTimeout(timer);
  summary.show([]);
  frame.replaceChildren(form);
  await draft.put(said(), choice.read());
  await draft.submit();
  location.assign(`/access-requests/${draft.request.id}`);
}

form.addEventListener('input', ({ target }) => {
  const changed = questions.changed(target);
  faults = faults.filter(({ field }) => field !== changed);
  saved.textContent = 'Changed, not saved yet.';
  later();
});
form.addEventListener('focusout', () => setTimeout(() => questions.showFaults(faults)));
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (!ready()) {
    note(form, 'problem', 'Say first for whom you ask: a legal name and a country, or an organization.');
    choice.row.querySelector('input[name=legalName]')?.focus();
    return;
  }
  send.disabled = true;
  await draft.inTurn(() => submit().catch(failed));
  send.disabled = false;
});
addEventListener('beforeunload', (event) => dirty && event.preventDefault());

async function showToStranger() {
  await readForm({});
  const way = element('a', { href: `/sign-in?returnTo=${encodeURIComponent(location.pathname)}` }, 'Sign in to answer');
  const closed = element('fieldset', { disabled: true }, element('legend', {}, 'What you will be asked'), questions.place);
  place.replaceChildren(element('p', {}, element('strong', {}, way), ' or ', element('a', { href: '/sign-up' }, 'sign up'), '.'), closed);
}

/** The draft that the address names, else the newest of this model's; a renewal has its own. */
function goOnWith(requests) {
  const asked = address.get('request');
  const editable = requests.filter(({ state }) => ['draft', 'returned'].includes(state));
  return editable.find(({ id, kind }) => (asked === null ? kind === kindAsked : id === asked));
}

/** Nothing is to be chosen: it is for whom the access is. */
const renewed = (licensee, organizations) => ({ row: licenseeShown(licensee), read: () => sameLicensee(licensee, organizations) });

function askStatement() {
  statement = useStatement(draft.request?.useStatement);
  licensees.after(statement.row);
  document.querySelector('h1').textContent = `Renew access to ${model}`;
}

function underWay({ id, licensee, state }) {
  if (!['submitted', 'in-review', 'appealed'].includes(state)) return [];
  return [element('p', {}, 'A request is under way: ', element('a', { href: `/access-requests/${id}` }, `for ${licensee ?? 'you'}`), '.')];
}

function toCorrect({ state, decisions }) {
  const reason = state === 'returned' && decisions.findLast(({ outcome }) => outcome === 'return')?.reason;
  if (!reason) return [];
  return [
    element('div', { className: 'problem' }, element('strong', {}, 'To be corrected'), element('p', { className: 'quoted' }, reason)),
  ];
}

fill(place, async () => {
  const person = await me;
  if (!person) return showToStranger();
  const [{ items: requests }, { items: organizations }] = await Promise.all([
    api('GET', `/access-requests?model=${encodeURIComponent(model)}&limit=200`),
    api('GET', '/organizations'),
  ]);
  choice = licenseeChoice(person, organizations);
  const open = goOnWith(requests);
  if (open) draft.request = await api('GET', `/access-requests/${open.id}`);
  const before = previous && !open ? await api('GET', `/access-requests/${previous}`) : undefined;
  if (before) choice = renewed(before.licensee, organizations);
  if (before || draft.request?.kind === 'renewal') askStatement();
  if (special) document.querySelector('h1').textContent = `Ask for a special license for ${model}`;
  await readForm((draft.request ?? before)?.answers);
  showLicensee();
  place.replaceChildren(...toCorrect(draft.request ?? {}), ...requests.flatMap(underWay), summary.place, frame);
});
