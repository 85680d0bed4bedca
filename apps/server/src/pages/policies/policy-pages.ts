import { SNAPSHOT_STATES } from '@paddock/domain';
import type { PolicyReading } from '../../policies/policy-reading.service.js';
import type { SnapshotComparison } from '../../policies/snapshots/snapshot-comparison.service.js';
import type { ShownSnapshot } from '../../policies/snapshots/snapshot-rows.js';
import { html, type Html } from '../html.js';

type Policy = Awaited<ReturnType<PolicyReading['find']>>;
type PolicyListed = Awaited<ReturnType<PolicyReading['list']>>['items'][number];
type Comparison = Awaited<ReturnType<SnapshotComparison['compare']>>;

const utc = (time: Date) => html`<time datetime="${time.toISOString()}">${time.toISOString().slice(0, 16).replace('T', ' ')} UTC</time>`;
const DOCUMENT_STATES = {
  inform: 'licensees are told',
  'by-date': 'licensees must accept it by',
  'at-once': 'licensees must accept it at once',
};

export function policiesPage(policies: readonly PolicyListed[]): Html {
  if (policies.length === 0) return html`<p>No policy is kept here yet.</p>`;
  return html`<ul>
    ${policies.map(({ slug, title, sourceUrl }) => html`<li><a href="/policies/${slug}">${title}</a> ${sourceUrl && html`<small>captured from ${sourceUrl}</small>`}</li>`)}
  </ul>`;
}

/** The text in force, now or on a date, with what proves it. */
export function policyPage(policy: Policy, text: string | null): Html {
  const { slug, current } = policy;
  return html`${policyLinks(slug)}
  ${policy.pending > 0 && html`<p role="status">A changed text was captured and is being looked at; it binds nobody yet.</p>`}
  ${
    current
      ? html`${evidence(current)}
          <pre class="legal">${text}</pre>`
      : html`<p>No text of it is in force.</p>`
  }`;
}

export function mementoPage(slug: string, snapshot: ShownSnapshot, text: string): Html {
  return html`${policyLinks(slug)}
    <p role="status"><strong>${snapshot.state}</strong>: ${SNAPSHOT_STATES[snapshot.state]} ${snapshot.dismissReason}</p>
    ${evidence(snapshot)}
    <pre class="legal">${text}</pre>`;
}

function evidence(snapshot: ShownSnapshot): Html {
  const { capturedAt, effectiveFrom, sha256, textSha256, extractor, url, pdf, warc, timestamps } = snapshot;
  return html`<dl>
    <dt>Captured</dt>
    <dd>${utc(capturedAt)}</dd>
    <dt>In force from</dt>
    <dd>${effectiveFrom ? utc(effectiveFrom) : 'not decided'}</dd>
    <dt>Bytes</dt>
    <dd>SHA-256 <code>${sha256}</code> <a href="${url}">as received</a></dd>
    <dt>Text</dt>
    <dd>SHA-256 <code>${textSha256}</code>, extracted by ${extractor}</dd>
    <dt>Copies</dt>
    <dd>${pdf && html`<a href="${pdf}">Dated PDF</a>`} ${warc && html`<a href="${warc}">WARC</a>`}</dd>
    <dt>Timestamp</dt>
    <dd>
      ${timestamps.length === 0 ? 'No time-stamping authority has stamped it.' : timestamps.map(({ authority, at, token }) => html`<a href="${token}">${authority}</a>, ${at} `)}
    </dd>
  </dl>`;
}

function policyLinks(slug: string): Html {
  return html`<p>
    <a href="/policies/${slug}">The text in force</a> · <a href="/policies/${slug}/archive">Every dated snapshot</a> ·
    <a href="/policies/${slug}/since-accepted">What changed since I accepted it</a> · <a href="/policies/${slug}/feed.atom">Feed</a>
  </p>`;
}

/** The timeline, and the question what was in force on a date. */
export function archivePage(policy: Policy, snapshots: readonly ShownSnapshot[], more: string | null): Html {
  return html`${policyLinks(policy.slug)}
    <p>${policy.sourceUrl ? html`Captured from ${policy.sourceUrl} (${policy.schedule}).` : 'Its text is kept here.'}</p>
    <form action="/policies/${policy.slug}/in-force" method="get">
      <label>What was in force on <input type="date" name="on" required /></label><button>Show it</button>
    </form>
    <div data-policy="${policy.slug}" data-staff="publisher" hidden></div>
    <ol class="timeline">
      ${snapshots.map((snapshot, index) => timelineEntry(policy.slug, snapshot, snapshots[index + 1]))}
    </ol>
    ${more && html`<p><a href="/policies/${policy.slug}/archive?cursor=${more}">Earlier ones</a></p>`}
    <script src="/assets/policies.js" type="module"></script>`;
}

function timelineEntry(slug: string, snapshot: ShownSnapshot, earlier: ShownSnapshot | undefined): Html {
  const { id, capturedAt, state, effectiveFrom, reacceptance, reacceptFrom, memento, pdf, dismissReason } = snapshot;
  const binding =
    effectiveFrom &&
    html`, in force from ${utc(effectiveFrom)}; ${reacceptance && DOCUMENT_STATES[reacceptance]}
    ${reacceptance === 'by-date' && reacceptFrom && utc(reacceptFrom)}`;
  const path = memento.slice(memento.indexOf('/policies/'));
  return html`<li>
    <a href="${path}">${utc(capturedAt)}</a> <span class="state">${state}</span>${binding} ${dismissReason}
    ${earlier && html`<a href="/policies/${slug}/compare?from=${earlier.id}&to=${id}">What changed</a>`}
    ${pdf && html`<a href="${pdf}">PDF</a>`}
    ${state === 'pending' && html`<span data-pending="${id}" data-staff="publisher" hidden></span>`}
  </li>`;
}

export function comparePage(slug: string, { from, to, extractor, parts }: Comparison, since?: Html): Html {
  return html`${policyLinks(slug)} ${since}
    <p>
      From <a href="${from.memento}">${utc(from.capturedAt)}</a> to <a href="${to.memento}">${utc(to.capturedAt)}</a>; both were read by
      ${extractor}.
    </p>
    ${parts.every(({ op }) => op === 'equal') && html`<p role="status">Not a word differs.</p>`}
    <pre class="legal">
${parts.map(({ op, text }) => (op === 'insert' ? html`<ins>${text}</ins>` : op === 'delete' ? html`<del>${text}</del>` : text))}</pre>`;
}

export const acceptedSince = (at: Date, model: string): Html =>
  html`<p>You accepted it on ${utc(at)} for <a href="/models/${model}">${model}</a>.</p>`;
