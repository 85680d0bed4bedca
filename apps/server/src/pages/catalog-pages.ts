import type { CatalogReading } from '../catalog/catalog-reading.service.js';
import { html, size, type Html } from './html.js';

type ModelListed = Awaited<ReturnType<CatalogReading['models']>>['items'][number];
type ModelShown = Awaited<ReturnType<CatalogReading['find']>>;
type ReleaseShown = Awaited<ReturnType<CatalogReading['release']>>;

const ADMISSION = {
  application: 'A reviewer decides each request; then the license is accepted.',
  assent: 'Open to whoever accepts its license.',
  open: 'Open to everyone, without an account.',
} as const;

export function catalogPage(models: ModelListed[]): Html {
  if (models.length === 0) return html`<p>Nothing is published yet.</p>`;
  return html`<table>
    <thead>
      <tr>
        <th>Model</th>
        <th>How it opens</th>
        <th>License</th>
        <th>Openness</th>
      </tr>
    </thead>
    <tbody>
      ${models.map(
        (model) =>
          html`<tr>
            <td><a href="/models/${model.slug}">${model.title}</a><br /><small>${model.summary}</small></td>
            <td>${model.admission ? ADMISSION[model.admission] : 'Not open yet.'}</td>
            <td>${licenseLink(model.license)}</td>
            <td>${model.openness.open} of ${model.openness.of}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

export function modelPage(model: ModelShown): Html {
  return html`<p>${model.summary}</p>
    <dl>
      <dt>Publisher</dt>
      <dd>${model.publisher}</dd>
      <dt>How it opens</dt>
      <dd>${model.admission ? ADMISSION[model.admission] : 'Not open yet.'}</dd>
      <dt>License</dt>
      <dd>${licenseLink(model.license)}</dd>
      <dt>Openness</dt>
      <dd>${model.openness.dimensions.map(({ dimension, state }) => html`<span class="state ${state}">${dimension}: ${state}</span> `)}</dd>
    </dl>
    ${wayIn(model)}
    <p data-staff="publisher" hidden><a href="/models/${model.slug}/forms">Forms</a> · <a href="/models/${model.slug}/rules">Rules</a></p>
    <h2>Releases</h2>
    <table>
      <thead>
        <tr>
          <th>Release</th>
          <th>State</th>
          <th>Files</th>
          <th>Size</th>
        </tr>
      </thead>
      <tbody>
        ${model.releases.map(
          (release) =>
            html`<tr>
              <td><a href="/models/${model.slug}/releases/${release.name}">${release.name}</a></td>
              <td>${release.state}</td>
              <td>${release.files}</td>
              <td>${size(release.size)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

/** The next step, as the admission has it. */
function wayIn(model: ModelShown): Html {
  switch (model.admission) {
    case 'application':
      return html`<p><a class="button" href="/models/${model.slug}/request">Request access</a></p>
        <p><a href="/models/${model.slug}/prerequisites">What is asked of you beforehand</a></p>
        <p>Approved already? <a href="/models/${model.slug}/accept">Read and accept</a></p>
        ${specialWay(model)}`;
    case 'assent':
      return html`<p><a class="button" href="/models/${model.slug}/accept">Read and accept</a></p>
        <p><a href="/models/${model.slug}/prerequisites">What is asked of you beforehand</a></p>
        ${specialWay(model)}`;
    case 'open':
      return html`<p>Choose a release below and download.</p>`;
    default:
      return html`<p>Its publisher has not opened it yet.</p>`;
  }
}

function specialWay({ slug }: ModelShown): Html {
  return html`<p>
    Does a clause of the license keep you out? <a href="/models/${slug}/request?special">Ask the licensor for terms of your own</a>
  </p>`;
}

export function releasePage(release: ReleaseShown): Html {
  return html`<dl>
      <dt>Model</dt>
      <dd><a href="/models/${release.model}">${release.model}</a></dd>
      <dt>State</dt>
      <dd>
        ${release.state}${release.reason && html`: ${release.reason}`}${release.replacement && html`; use <a href="/models/${release.model}/releases/${release.replacement}">${release.replacement}</a>`}
      </dd>
      <dt>License</dt>
      <dd>${licenseLink(release.license)}</dd>
    </dl>
    ${opennessFigure(release.openness)}
    <table>
      <thead>
        <tr>
          <th>File</th>
          <th>Size</th>
          <th>Access</th>
          <th>SHA-256</th>
          <th>What it says of itself</th>
        </tr>
      </thead>
      <tbody>
        ${release.artifacts.map(
          (artifact) =>
            html`<tr>
              <td>${artifact.path}</td>
              <td>${size(artifact.size)}</td>
              <td>${artifact.access}</td>
              <td><code>${artifact.sha256}</code></td>
              <td>${headerOf(artifact.header)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p><button data-public-links="${release.model}/releases/${release.name}">Get links to what is open to everyone</button></p>
    <div data-output></div>`;
}

const STATES = { open: 'Open', licensed: 'Under its license', closed: 'Kept back' } as const;

function opennessFigure({ dimensions, open, of, license, mof, gate }: ReleaseShown['openness']): Html {
  return html`<details>
    <summary>Openness: ${open} of ${of} parts are open${mof.class && html`; class ${mof.class} of the Model Openness Framework`}</summary>
    <dl>
      ${(['open', 'licensed', 'closed'] as const).map((wanted) => {
        const names = dimensions.filter(({ state }) => state === wanted).map(({ dimension }) => dimension);
        return (
          names.length > 0 &&
          html`<dt>${STATES[wanted]}</dt>
            <dd>${names.join(', ')}</dd>`
        );
      })}
      <dt>License</dt>
      <dd>
        ${license.spdx && `${license.spdx.name} (${license.spdx.id}): `}${license.osiApproved ? 'approved by the Open Source Initiative' : 'not approved by the Open Source Initiative'}
      </dd>
      ${
        gate.cost &&
        html`<dt>The gate</dt>
          <dd>${gate.cost}</dd>`
      }
    </dl>
    ${
      license.fails.length > 0 &&
      html`<p>Where the license leaves the Open Source Definition:</p>
        <ul>
          ${license.fails.map(
            ({ criterion, title, quote, clause }) =>
              html`<li>
                ${clause ? html`“${clause.words}”` : 'Each licensee must accept it for themselves'} — against ${criterion}, ${title}:
                <q>${quote}</q>
              </li>`,
          )}
        </ul>`
    }
  </details>`;
}

function headerOf(header: Record<string, unknown> | null): string {
  return Object.entries(header ?? {})
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(', ');
}

function licenseLink(license: { slug: string; title: string; version: number } | null): Html {
  return license ? html`<a href="/licenses/${license.slug}">${license.title}, version ${license.version}</a>` : html`none yet`;
}
