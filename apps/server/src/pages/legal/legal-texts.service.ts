import { Injectable } from '@nestjs/common';
import { CLAUSE_KINDS, type ClauseKind } from '@paddock/domain';
import { DataSource } from 'typeorm';
import type { Actor } from '../../http/actor.js';
import { LicenseReading } from '../../licenses/license-reading.service.js';
import { html, type Html } from '../html.js';
import { renderedMarkdown } from './rendered-markdown.js';

interface LegalText {
  title: string;
  body: Html;
}

type Version = Awaited<ReturnType<LicenseReading['find']>>['versions'][number];

/** Licenses as pages: the text as it reads, beside it what of it is judged, and the digest and the exact bytes that bind. */
@Injectable()
export class LegalTexts {
  constructor(
    private readonly database: DataSource,
    private readonly reading: LicenseReading,
  ) {}

  async licenses(): Promise<{ slug: string; title: string }[]> {
    return this.database.query(`SELECT slug, title FROM license WHERE kind = 'standard' ORDER BY title LIMIT 500`);
  }

  async license(actor: Actor, slug: string): Promise<LegalText> {
    const license = await this.reading.find(actor, slug);
    const version = license.versions.find(({ state }) => state === 'in-force') ?? license.versions[0];
    if (!version) return { title: license.title, body: html`<p>It has no version yet.</p>` };
    const { bytes } = await this.reading.document(actor, version.sha256);
    const body = html`<p>
        Version ${version.n}, in force since ${version.effectiveFrom.toISOString()}. SHA-256 <code>${version.sha256}</code>.
        <a href="${version.url}">The exact bytes</a> ·
        <a href="/api/v1/licenses/${slug}/versions/${version.n}/attribution">What copies must carry</a>
      </p>
      <p>
        ${version.policies.length > 0 && html`Part of it: ${version.policies.map((policy) => html`<a href="/policies/${policy}">${policy}</a> `)}`}
      </p>
      <div class="beside">
        <article class="legal-text">
          ${renderedMarkdown(
            bytes,
            version.clauses.map(({ start }) => start),
          )}
        </article>
        ${version.clauses.length > 0 && clausesOf(version, bytes)}
      </div>`;
    return { title: license.title, body };
  }
}

function clausesOf({ clauses }: Version, bytes: Buffer): Html {
  return html`<aside aria-label="Its clauses, in short">
    <h2>In short</h2>
    <ol>
      ${clauses.map(
        ({ kind, parameters, start, end }, index) =>
          html`<li>
            <a href="#clause-${index + 1}">${CLAUSE_KINDS[kind as ClauseKind].meaning}</a>
            ${Object.entries(parameters).map(([name, value]) => html`<br /><small>${name}: ${[value].flat().join(', ')}</small>`)}
            <blockquote>${bytes.toString('utf8', start, end)}</blockquote>
          </li>`,
      )}
    </ol>
  </aside>`;
}
