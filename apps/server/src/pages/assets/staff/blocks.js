// Who is shut out, by whom, why and until when.
import { act, api, button, element, fieldsOf, fill, moment, note, table } from '../portal.js';

const place = document.querySelector('[data-blocks]');
const form = document.querySelector('[data-block]');

async function show() {
  const cursor = new URLSearchParams(location.search).get('cursor');
  const { items, nextCursor } = await api('GET', `/blocks${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`);
  const rows = items.map(({ id, kind, value, publisher, reason, by, until, state }) => [
    `${value} (${kind})`,
    publisher ?? 'the portal',
    element('span', { className: 'quoted' }, reason),
    by,
    moment(until) || 'no end',
    state,
    state === 'active' ? button('Lift', () => lift(id, value)) : '',
  ]);
  place.replaceChildren(
    table(['Whom', 'From', 'Reason', 'By', 'Until', 'State', ''], rows),
    nextCursor ? element('a', { href: `?cursor=${encodeURIComponent(nextCursor)}` }, 'Earlier ones') : '',
  );
}

async function lift(id, value) {
  if (!confirm(`Let ${value} in again?`)) return;
  await api('DELETE', `/blocks/${id}`);
  await show();
}

act(form, async () => {
  const { kind, value, publisher, reason, until } = fieldsOf(form);
  await api('POST', '/blocks', {
    kind,
    reason,
    ...(kind === 'person' ? { email: value } : { domain: value }),
    ...(publisher && { publisher }),
    ...(until && { until: new Date(until).toISOString() }),
  });
  form.reset();
  await show();
  note(form, 'done', `${value} is shut out.`);
});
fill(place, show);
