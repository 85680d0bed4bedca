// All that is held on oneself, and the end of it: first what would happen, then the proof, then what came of it.
import { act, api, element, fieldsOf, fill } from './portal.js';

const standing = document.querySelector('[data-standing]');
const own = document.querySelector('[data-own]');
const form = own.querySelector('[data-erase]');

const WHY = {
  'legal-hold': () => 'until a legal hold is lifted',
  grant: () => 'while a grant rests on it, and for the publisher’s retention period after that',
  retention: (until) => (until ? `until ${until.slice(0, 10)}` : 'without an end that can be told'),
};

const list = (lines) => element('ul', {}, ...lines.map((line) => element('li', {}, line)));

function keptList(kept) {
  if (kept.length === 0) return [element('p', {}, 'Nothing is kept that could tell who you are.')];
  const lines = kept.map(({ model, publisher, until, why }) => `${model} (${publisher}): ${WHY[why](until)}`);
  return [element('p', {}, 'The name that you typed is kept sealed, with the licensee and the hashes that it belongs to:'), list(lines)];
}

function preview({ ends, obstacles, kept }) {
  const happening = ends.filter(({ count }) => count > 0).map(({ count, meaning }) => `${meaning} (${count})`);
  const hindered = obstacles.map(({ detail }) => element('p', { className: 'problem' }, detail));
  return [...hindered, element('p', {}, 'This happens at once, and cannot be undone:'), list(happening), ...keptList(kept)];
}

/** One for each licensee that one has grants for: oneself, or organizations. */
async function dossiers() {
  const { items } = await api('GET', '/grants?limit=200');
  const licensees = [...new Set(items.flatMap(({ licensee }) => licensee ?? []))];
  return licensees.map((id) =>
    element(
      'li',
      {},
      element('a', { href: `/api/v1/licensees/${id}/dossier.zip`, download: '' }, `Dossier of the licensee ${id}`),
      ' (ZIP)',
    ),
  );
}

act(form, async () => {
  const { method, secret } = fieldsOf(form);
  const given = { password: { password: secret }, totp: { code: secret }, 'recovery-code': { code: secret }, 'sign-in': {} }[method];
  const { state, kept } = await api('POST', '/me/erase', { proof: { method, ...given } });
  own.hidden = true;
  const done = state === 'ended' ? 'Everything has ended. Once the letter to you has left, you are forgotten.' : 'You are erased.';
  standing.replaceChildren(element('p', { className: 'done', role: 'status' }, done), ...keptList(kept));
});

fill(standing, async () => {
  own.querySelector('[data-preview]').replaceChildren(...preview(await api('GET', '/me/erasure')));
  own.querySelector('[data-dossiers]').replaceChildren(...(await dossiers()));
  standing.replaceChildren();
  own.hidden = false;
});
