import { SNAPSHOT_STATES } from '@paddock/domain';
import { html } from '../../http/html.js';
import type { ShownSnapshot } from '../snapshots/snapshot-rows.js';

interface FeedSource {
  title: string;
  publisher: string;
  /** Of the policy's page. */
  url: string;
  snapshots: readonly ShownSnapshot[];
  createdAt: Date;
}

/** Atom (RFC 4287): an entry for each snapshot, pending ones called so. */
export function atomFeed({ title, publisher, url, snapshots, createdAt }: FeedSource): string {
  const updated = snapshots.reduce((latest, { capturedAt }) => (capturedAt > latest ? capturedAt : latest), createdAt);
  const xml = html`<feed xmlns="http://www.w3.org/2005/Atom">
    <title>${title}</title>
    <id>${url}</id>
    <link rel="alternate" href="${url}" />
    <link rel="self" href="${url}/feed.atom" />
    <author><name>${publisher}</name></author>
    <updated>${updated.toISOString()}</updated>
    ${snapshots.map((snapshot) => entryOf(title, snapshot))}
  </feed>`;
  return `<?xml version="1.0" encoding="utf-8"?>\n${xml.text}`;
}

function entryOf(title: string, { id, capturedAt, state, effectiveFrom, memento, sha256 }: ShownSnapshot) {
  const when = effectiveFrom && ` From ${effectiveFrom.toISOString()}.`;
  return html`<entry>
    <title>${title}, captured ${capturedAt.toISOString().slice(0, 10)} (${state})</title>
    <id>urn:uuid:${id}</id>
    <link rel="alternate" href="${memento}" />
    <updated>${capturedAt.toISOString()}</updated>
    <summary>${SNAPSHOT_STATES[state]}${when} SHA-256 ${sha256}</summary>
  </entry> `;
}
