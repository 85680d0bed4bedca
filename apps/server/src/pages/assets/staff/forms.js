// Composing a form: JSON beside what applicants will see of it. Whether it can be answered is the server's to say.
import { act, api, element, fill, moment, note, table, button } from '../portal.js';
import { questionnaire } from '../requests/questionnaire.js';

const EXAMPLE = [{ id: 'purpose', kind: 'long-text', label: 'What will you do with it?', required: true, maxLength: 2000 }];
const place = document.querySelector('[data-forms]');
const compose = document.querySelector('[data-compose]');
const preview = document.querySelector('[data-preview]');
const terms = document.querySelector('[data-terms]');
const path = `/models/${place.dataset.forms}`;
const area = compose.elements.fields;

function write(fields) {
  area.value = JSON.stringify(fields, null, 2);
  showPreview();
}

/** What is half written keeps the last preview, and says where it breaks off. */
function showPreview() {
  try {
    const questions = questionnaire(JSON.parse(area.value));
    const form = element('form', { className: 'wide', noValidate: true }, questions.place);
    form.addEventListener('input', ({ target }) => questions.changed(target));
    form.addEventListener('submit', (event) => event.preventDefault());
    preview.replaceChildren(form);
    area.setCustomValidity('');
  } catch (error) {
    area.setCustomValidity(error.message);
    note(preview.firstChild ?? preview.appendChild(element('p')), 'problem', `No form yet: ${error.message}`);
  }
}

async function show() {
  const { items } = await api('GET', `${path}/forms`);
  place.replaceChildren(
    table(
      ['Version', 'State', 'Fields', 'Composed', ''],
      items.map(({ n, state, fields, createdAt }) => [
        String(n),
        state,
        fields.map(({ id }) => id).join(', '),
        moment(createdAt),
        button('Begin from this', async () => write(fields)),
      ]),
    ),
  );
  return items;
}

area.addEventListener('input', showPreview);
act(compose, async () => {
  const { n } = await api('POST', `${path}/forms`, { fields: JSON.parse(area.value) });
  await show();
  terms.elements.form.value = n;
  note(compose, 'done', `Kept as version ${n}. Applicants are asked it once it is in force.`);
});
act(terms, async () => {
  const { form, admission, license, approvals, grantDays } = Object.fromEntries(new FormData(terms));
  const number = (text) => (text === '' ? null : Number(text));
  const put = { admission, license, approvals: Number(approvals), grantDays: number(grantDays), form: number(form) };
  const { n } = await api('POST', `${path}/terms`, put);
  await show();
  note(terms, 'done', `Access terms ${n} are in force.`);
});
fill(place, async () => {
  const items = await show();
  write((items.find(({ state }) => state === 'in-force') ?? items[0])?.fields ?? EXAMPLE);
});
