// Reasons that reviewers reuse, so that like cases read alike.
import { act, api, button, element, fieldsOf, fill, table } from '../portal.js';

const place = document.querySelector('[data-templates]');
const form = document.querySelector('[data-template]');

async function show() {
  const { items } = await api('GET', '/reason-templates');
  const rows = items.map(({ id, publisher, outcome, title, reason }) => [
    publisher,
    outcome,
    title,
    element('span', { className: 'quoted' }, reason),
    button('Put away', async () => {
      await api('DELETE', `/reason-templates/${id}`);
      await show();
    }),
  ]);
  place.replaceChildren(table(['Publisher', 'For', 'Title', 'Reason', ''], rows));
}

act(form, async () => {
  await api('POST', '/reason-templates', fieldsOf(form));
  form.reset();
  await show();
});
fill(place, show);
