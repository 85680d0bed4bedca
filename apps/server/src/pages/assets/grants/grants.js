// One's own grants: what can be done with each, and the deletion that is to be stated once one has ended. Text is only ever set as text.
import { api, button, element, fill, showLinks, table } from '../portal.js';
import { deletionForm } from './deletion.js';
import { deletionInWords, GRANT_STATES, renewable } from './wording.js';

const place = document.querySelector('[data-grants]');
const link = (href, text) => element('a', { href }, text);
const day = (time) => new Date(time).toLocaleDateString();
/** What a cell says, one below the other; an empty cell stays empty. */
function lines(...parts) {
  const said = parts.filter(Boolean);
  return said.length > 1 ? element('div', { className: 'lines' }, ...said) : (said[0] ?? '');
}

/** A grant outlives its model's place in the catalog; without the model it offers nothing. */
const modelOf = (slug) => api('GET', `/models/${slug}`).catch(() => ({ releases: [], admission: null }));

/** The approved requests of these grants' models, in full: a renewal names the one that it follows. */
async function approvedFor(grants) {
  const models = new Set(grants.map(({ model }) => model));
  if (models.size === 0) return [];
  const { items } = await api('GET', '/access-requests?state=approved&limit=200');
  return Promise.all(items.filter(({ model }) => models.has(model)).map(({ id }) => api('GET', `/access-requests/${id}`)));
}

function renewal({ model, licensee }, { admission }, approved) {
  const previous = approved.find((request) => request.model === model && request.licensee.id === licensee);
  if (admission === 'application' && previous) return link(`/models/${model}/request?renew=${previous.id}`, 'Ask for renewal');
  return '';
}

function ways(grant, model, organization) {
  const { id, state } = grant;
  const accept = `/models/${grant.model}/accept${organization ? `?organization=${organization.id}` : ''}`;
  if (state === 'pending-acceptance') return [link(accept, 'Read and accept')];
  if (state === 'expired' && model.admission === 'assent') return [link(accept, 'Read and accept again')];
  if (state !== 'active') return [];
  return model.releases
    .filter((release) => release.state === 'published')
    .map(({ name }) => button(`Links to ${name}`, async () => showLinks(await api('POST', `/grants/${id}/links`, { release: name }))));
}

function endOf({ state, until, acceptance }) {
  if (state === 'revoked') return '';
  return until ? day(until) : acceptance ? 'no end' : '';
}

async function show() {
  const cursor = new URLSearchParams(location.search).get('cursor');
  const [{ items: grants, nextCursor }, { items: deletions }, { items: organizations }] = await Promise.all([
    api('GET', `/grants${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`),
    api('GET', '/deletion-statements?limit=200'),
    api('GET', '/organizations'),
  ]);
  const canRenew = new Set(renewable(grants));
  const slugs = [...new Set(grants.map(({ model }) => model))];
  const [models, approved] = await Promise.all([
    Promise.all(slugs.map(async (slug) => [slug, await modelOf(slug)])).then((entries) => new Map(entries)),
    approvedFor(grants.filter(({ id }) => canRenew.has(id))),
  ]);
  const rows = grants.map((grant) => {
    const organization = organizations.find(({ licensee }) => licensee === grant.licensee);
    const model = models.get(grant.model);
    const deletion = deletions.find((one) => one.grant === grant.id);
    return [
      link(`/models/${grant.model}`, grant.model),
      organization?.legalName ?? 'you',
      link(`/licenses/${grant.license}`, grant.license),
      lines(
        element('span', {}, GRANT_STATES[grant.state]),
        grant.reason && element('small', { className: 'quoted' }, grant.reason),
        deletion && element('small', {}, deletionInWords(deletion, day)),
      ),
      endOf(grant),
      lines(...ways(grant, model, organization), canRenew.has(grant.id) && renewal(grant, model, approved)),
    ];
  });
  const asked = deletions.filter(({ state }) => state === 'outstanding' || state === 'overdue');
  document.querySelector('[data-deletions]').replaceChildren(...asked.map((one) => deletionForm(one, show)));
  place.replaceChildren(
    rows.length > 0
      ? table(['Model', 'For', 'License', 'State', 'Until', 'What you can do'], rows)
      : element('p', {}, 'You have access to nothing yet. It begins at the page of a model: ', link('/models', 'Models')),
    nextCursor ? link(`?cursor=${encodeURIComponent(nextCursor)}`, 'Earlier ones') : '',
  );
}

fill(place, show);
