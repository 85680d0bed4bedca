// The acceptance page: shows the exact documents and what changed, reports what the person does with them, and takes the answer.
import { act, api, element, fill } from './portal.js';

const place = document.querySelector('[data-accept]');
fill(place, () => showAgreement(place));

async function showAgreement(place) {
  const organization = new URLSearchParams(location.search).get('organization');
  const shown = await api('POST', '/presentations', {
    model: place.dataset.accept,
    ...(organization && { licensee: { kind: 'organization', id: organization } }),
    ...(place.dataset.page && { page: place.dataset.page }),
  });
  const report = reporter(shown.id);
  const texts = await Promise.all(shown.documents.map(async ({ url }) => (await fetch(url)).text()));
  const sections = shown.documents.map((document, index) => documentSection(document, texts[index], report));
  place.replaceChildren(...(await changes(shown.previous)), ...sections, ...answerForms(shown, report, place));
}

/** Whoever accepted before sees first what has changed since. */
async function changes(previous) {
  if (!previous || previous.differences.length === 0) return [];
  const shown = await Promise.all(previous.differences.map(difference));
  const since = new Date(previous.acceptedAt).toLocaleDateString();
  return [element('section', { className: 'changes' }, element('h2', {}, `What changed since you accepted on ${since}`), ...shown)];
}

async function difference({ title, before, diff }) {
  const heading = element('h3', {}, title);
  if (!diff)
    return element(
      'div',
      {},
      heading,
      element('p', {}, before ? 'It is no longer part of the agreement, or another text stands in its place.' : 'It is new.'),
    );
  const { parts } = await (await fetch(new URL(diff).pathname + new URL(diff).search)).json();
  const marks = { insert: 'ins', delete: 'del', equal: 'span' };
  return element('div', {}, heading, element('pre', { className: 'legal' }, ...parts.map(({ op, text }) => element(marks[op], {}, text))));
}

function documentSection({ title, sha256, capturedAt }, text, report) {
  const body = element('pre', { className: 'legal', tabIndex: 0 }, text);
  const end = element('span');
  body.append(end);
  const section = element(
    'section',
    {},
    element('h2', {}, title),
    element('p', {}, capturedAt ? `Captured on ${new Date(capturedAt).toLocaleString()}. ` : '', 'SHA-256 ', element('code', {}, sha256)),
    body,
  );
  whenSeen(section, () => report('opened', sha256));
  whenSeen(end, () => report('scrolled-to-end', sha256));
  return section;
}

function whenSeen(target, act) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    act();
  });
  observer.observe(target);
}

function answerForms({ id, assent }, report, place) {
  const boxes = assent.attestations.map(({ id: name, text }) => {
    const box = element('input', { type: 'checkbox', name, required: true });
    box.addEventListener('change', () => report(box.checked ? 'checked' : 'unchecked', name));
    return element('label', { className: 'choice' }, box, text);
  });
  const name = element('label', {}, 'Type your name', element('input', { name: 'typedName', required: true, autocomplete: 'off' }));
  const form = element('form', {}, element('p', {}, assent.label), ...boxes, name, element('button', {}, assent.button));
  const decline = element('button', { type: 'button' }, 'I decline');
  act(form, async () => {
    const attestations = Object.fromEntries(assent.attestations.map(({ id: box }) => [box, form.elements[box].checked]));
    await report.all();
    await api('POST', '/acceptances', { presentation: id, typedName: form.elements.typedName.value, attestations, assented: true });
    location.assign('/grants');
  });
  act(decline, async () => {
    await report.all();
    await api('POST', '/acceptances', { presentation: id, declined: true });
    place.replaceChildren(element('p', { className: 'done' }, 'You declined; that is recorded. You may come back.'));
  });
  return [form, decline];
}

/** Gathers what the person does and sends it now and then; an answer is never kept waiting for more than one such report. */
function reporter(presentation) {
  const waiting = [];
  const send = async () => {
    const observations = waiting.splice(0, 100);
    // What cannot be reported is not needed for accepting.
    if (observations.length > 0) await api('POST', `/presentations/${presentation}/observations`, { observations }).catch(() => undefined);
  };
  setInterval(send, 5000);
  const report = (kind, subject) => waiting.push({ kind, subject, at: new Date().toISOString() });
  return Object.assign(report, { all: send });
}
