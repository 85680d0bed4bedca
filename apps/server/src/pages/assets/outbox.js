// The outbox: what was written, where it stands, and sending it once more. Text is only ever set as text.
import { act, api, button, element, showProblem, table } from './portal.js';

const place = document.querySelector('[data-mail]');
const filter = document.querySelector('[data-filter]');

async function show() {
  const state = filter.elements.state.value;
  const { items, nextCursor } = await api('GET', `/mail${state && `?state=${state}`}`);
  const shown = table(
    ['Written', 'To', 'Mail', 'State', ''],
    items.map((mail) => [
      new Date(mail.createdAt).toLocaleString(),
      mail.recipient,
      element('details', {}, element('summary', {}, mail.subject), element('pre', { className: 'legal' }, mail.body)),
      element('span', {}, mail.state, mail.reason ? element('p', {}, mail.reason) : ''),
      command(mail),
    ]),
  );
  place.replaceChildren(shown, nextCursor ? element('p', {}, 'There is more: choose a state.') : '');
}

function command({ id, state }) {
  if (state === 'unconfirmed')
    return button('Send again', async () => {
      if (!confirm('It may have arrived already. Send it again?')) return;
      await api('POST', `/mail/${id}/send-again`);
      await show();
    });
  if (state !== 'failed' && state !== 'queued' && state !== 'kept') return '';
  return button(state === 'kept' ? 'Send' : 'Retry', async () => {
    await api('POST', `/mail/${id}/retry`);
    await show();
  });
}

act(filter, show);
show().catch((error) => showProblem(place, error));
