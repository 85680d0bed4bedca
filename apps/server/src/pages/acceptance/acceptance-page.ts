import { createHash } from 'node:crypto';
import type { PageBuild } from '../../grants/acceptance/page-proofs.js';
import { assetBytes } from '../asset-files.js';
import { html, page, type Html } from '../html.js';

/** What the page loads, and so what a signer saw and pressed. */
const LOADED = ['portal.css', 'portal.js', 'acceptance.js'];

const sha256 = (...parts: (string | Buffer)[]) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

/** `proof` is absent for whoever has not signed in. */
export function acceptancePage(title: string, model: string, proof?: string): string {
  return page(`Agreement for ${title}`, body(model, proof));
}

function body(model: string, proof = ''): Html {
  return html`<div data-accept="${model}" data-page="${proof}"><p>Reading the documents that bind you…</p></div>
    <script src="/assets/acceptance.js" type="module"></script>`;
}

/** The same for every model: what differs between two people's pages is no part of it. */
export const ACCEPTANCE_PAGE: PageBuild = { template: sha256(acceptancePage('', '')), build: sha256(...LOADED.map(assetBytes)) };
