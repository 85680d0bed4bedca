// Webhooks: the endpoints that one manages, and what was sent to them. Text is only ever set as text.
import { act, api, button, element, showProblem, table } from './portal.js';

const place = document.querySelector('[data-webhooks]');
const deliveries = document.querySelector('[data-deliveries]');
const output = document.querySelector('[data-output]');

function showSecret(secret) {
  output.replaceChildren(element('p', {}, 'The secret; copy it now, it is shown once: ', element('code', {}, secret)));
}

async function show() {
  const { items } = await api('GET', '/webhooks');
  place.replaceChildren(
    table(
      ['Address', 'Of', 'State', 'Waiting', 'Given up', ''],
      items.map((webhook) => [
        element('span', {}, webhook.url, element('p', {}, webhook.description)),
        webhook.model ?? webhook.publisher ?? 'the portal',
        element('span', {}, webhook.state, webhook.reason ? element('p', {}, webhook.reason) : ''),
        String(webhook.pending),
        String(webhook.failed),
        commands(webhook),
      ]),
    ),
  );
}

function commands({ id, state, url }) {
  const change = (text, action) =>
    button(text, async () => {
      await action();
      await show();
    });
  return element(
    'span',
    {},
    button('Deliveries', () => showDeliveries(id, url)),
    ' ',
    state === 'paused'
      ? change('Resume', () => api('POST', `/webhooks/${id}/resume`))
      : change('Pause', () => api('POST', `/webhooks/${id}/pause`)),
    ' ',
    change('New secret', async () => showSecret((await api('POST', `/webhooks/${id}/rotate`)).secret)),
    ' ',
    change('End', async () => {
      if (confirm(`End the webhook to ${url}? What waits is not sent.`)) await api('DELETE', `/webhooks/${id}`);
    }),
  );
}

async function showDeliveries(id, url) {
  const { items } = await api('GET', `/webhooks/${id}/deliveries`);
  const again = (text, path, body) =>
    button(text, async () => {
      await api('POST', `/webhooks/${id}${path}`, body);
      await showDeliveries(id, url);
      await show();
    });
  const since = element('input', { type: 'datetime-local', required: true });
  const form = element(
    'form',
    {},
    element('label', {}, 'Send again all that were given up since ', since),
    element('button', {}, 'Replay'),
  );
  deliveries.replaceChildren(
    element('h2', {}, `Deliveries to ${url}`),
    form,
    table(
      ['Event', 'Of', 'State', 'Attempts', 'Last answer', ''],
      items.map((delivery) => [
        element('span', {}, delivery.type, element('p', {}, new Date(delivery.createdAt).toLocaleString())),
        element('code', {}, delivery.subject),
        element('span', {}, delivery.state, delivery.dueAt ? element('p', {}, `next ${new Date(delivery.dueAt).toLocaleString()}`) : ''),
        String(delivery.attempts),
        element('span', {}, delivery.reason ?? String(delivery.lastStatus ?? ''), element('p', {}, delivery.lastAnswer ?? '')),
        delivery.state === 'pending'
          ? again('Skip', `/deliveries/${delivery.id}/skip`)
          : again('Replay', `/deliveries/${delivery.id}/replay`),
      ]),
    ),
  );
  act(form, async () => {
    const { replayed } = await api('POST', `/webhooks/${id}/replay`, { since: new Date(since.value).toISOString() });
    await showDeliveries(id, url);
    deliveries.prepend(element('p', { className: 'done', role: 'status' }, `${replayed} are sent again.`));
  });
}

for (const form of document.querySelectorAll('[data-webhook]')) {
  act(form, async () => {
    const given = new FormData(form);
    const optional = ['publisher', 'model', 'description'].filter((name) => given.get(name)).map((name) => [name, given.get(name)]);
    const { secret } = await api('POST', '/webhooks', {
      url: given.get('url'),
      kinds: given.getAll('kinds'),
      ...Object.fromEntries(optional),
    });
    showSecret(secret);
    await show();
  });
}

show().catch((error) => showProblem(place, error));
