// Publishers' tools on a policy's archive: capture now, make a pending snapshot bind, or dismiss it.
import { act, api, button, element, me, note, staffOf } from './portal.js';

const place = document.querySelector('[data-policy]');
const policy = `/policies/${place.dataset.policy}`;

me.then((person) => staffOf(person, 'publisher') && showTools()).catch(() => undefined);

function showTools() {
  place.append(captureButton(), ' ', element('details', {}, element('summary', {}, 'Looks at the source'), attemptsList()));
  for (const spot of document.querySelectorAll('[data-pending]'))
    spot.append(decisionForm(spot.dataset.pending), dismissForm(spot.dataset.pending));
}

function captureButton() {
  const made = button('Capture now', async () => {
    const { outcome, reason, detail } = await api('POST', `${policy}/captures`, {});
    if (outcome === 'failed') note(made, 'problem', element('strong', {}, `The capture failed: ${reason}. `), String(detail.detail ?? ''));
    else if (outcome === 'seen') note(made, 'done', 'The text has not changed.');
    else location.reload();
  });
  return made;
}

function attemptsList() {
  const list = element('ul');
  api('GET', `${policy}/captures?limit=20`).then(
    ({ items }) =>
      list.append(
        ...items.map(({ capturedAt, outcome, reason }) => element('li', {}, `${capturedAt}: ${outcome}${reason ? ` (${reason})` : ''}`)),
      ),
    (error) => list.append(element('li', {}, error.message)),
  );
  return list;
}

function decisionForm(id) {
  const mode = element(
    'select',
    { name: 'reacceptance' },
    ...[
      ['inform', 'Licensees are told'],
      ['by-date', 'Licensees must accept by'],
      ['at-once', 'Licensees must accept at once'],
    ].map(([value, text]) => element('option', { value }, text)),
  );
  const until = element('input', { type: 'date', name: 'reacceptFrom', disabled: true });
  mode.addEventListener('change', () => (until.disabled = mode.value !== 'by-date'));
  const form = element('form', {}, element('label', {}, 'Make it effective: ', mode, until), element('button', {}, 'From now on'));
  act(form, async () => {
    const reacceptFrom = mode.value === 'by-date' ? { reacceptFrom: new Date(until.value).toISOString() } : {};
    await api('POST', `${policy}/snapshots/${id}/effective`, { reacceptance: mode.value, ...reacceptFrom });
    location.reload();
  });
  return form;
}

function dismissForm(id) {
  const form = element(
    'form',
    {},
    element('label', {}, 'Or say why it never binds ', element('input', { name: 'reason', required: true, maxLength: 2000 })),
    element('button', {}, 'Dismiss it'),
  );
  act(form, async () => {
    await api('POST', `${policy}/snapshots/${id}/dismiss`, { reason: form.elements.reason.value });
    location.reload();
  });
  return form;
}
