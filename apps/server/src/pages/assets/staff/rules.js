// Rules of a model: written, run dry, switched on and off.
import { act, api, button, element, fill, moment, note, table } from '../portal.js';

const EXAMPLE = [
  { id: 'university', when: { fact: 'trust.institutionalMail', is: 'equals', value: true }, do: 'route', assign: 'reviewer@example.org' },
];
const place = document.querySelector('[data-rules]');
const write = document.querySelector('[data-write]');
const tried = document.querySelector('[data-dry-run]');
const path = `/models/${place.dataset.rules}/rules`;

async function show() {
  const { items } = await api('GET', path);
  const rows = items.map(({ n, state, rules, createdAt }) => [
    String(n),
    state,
    rules.map(({ id, do: what }) => `${id}: ${what}`).join(', '),
    moment(createdAt),
    element(
      'span',
      { className: 'actions' },
      button('Run dry', () => runDry(n)),
      state === 'on' ? button('Switch off', () => switchTo(null)) : button('Switch on', () => switchTo(n)),
      button('Begin from this', async () => begin(rules)),
    ),
  ]);
  place.replaceChildren(table(['Version', 'State', 'Rules', 'Written', ''], rows));
  return items;
}

function begin(rules) {
  write.elements.rules.value = JSON.stringify(rules, null, 2);
}

async function switchTo(n) {
  await api('POST', `${path}/switch`, { n });
  await show();
  note(place.firstChild, 'done', n === null ? 'Off: people decide alone.' : `Rules ${n} decide from now on.`);
}

async function runDry(n) {
  const { requests, counts, agree, differ, items } = await api('POST', `${path}/${n}/dry-run`);
  await show();
  tried.replaceChildren(
    element('h2', {}, `Rules ${n}, run dry`),
    element('p', {}, `Of ${requests} past requests they decide ${agree} as people did and ${differ} otherwise.`),
    table(
      ['They would approve', 'reject', 'leave to a person', 'of these by a fault'],
      [[counts.approve, counts.reject, counts.person, counts.faults].map(String)],
    ),
    element('h3', {}, 'Where they differ or fail'),
    table(
      ['Request', 'It was', 'It would', 'By rule', 'Fault'],
      items.map(({ request, was, would, rule, fault }) => [
        element('a', { href: `/review/${request}` }, request),
        was,
        would === 'person' ? 'go to a person' : would,
        rule,
        fault,
      ]),
    ),
  );
  tried.focus();
}

act(write, async () => {
  const { n } = await api('POST', path, { rules: JSON.parse(write.elements.rules.value) });
  await show();
  note(write, 'done', `Kept as version ${n}. Run it dry, read what it would have done, then switch it on.`);
});
fill(place, async () => {
  const [latest] = await show();
  begin(latest?.rules ?? EXAMPLE);
});
