import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../http/actor.js';
import { LicenseReading } from '../licenses/license-reading.service.js';
import { html, type Html } from './html.js';

interface LegalText {
  title: string;
  body: Html;
}

/** Legal texts as pages: the exact words, with the digest that binds them. Others' text is shown as text, never as HTML. */
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
    const body = html`<p>
        Version ${version.n}, in force since ${version.effectiveFrom.toISOString()}. SHA-256 <code>${version.sha256}</code>.
        <a href="${version.url}">The exact bytes</a>
      </p>
      <p>
        ${version.policies.length > 0 && html`Part of it: ${version.policies.map((policy) => html`<a href="/policies/${policy}">${policy}</a> `)}`}
      </p>
      <pre class="legal">${await this.text(actor, version.sha256)}</pre>`;
    return { title: license.title, body };
  }

  private async text(actor: Actor, sha256: string): Promise<string> {
    return (await this.reading.document(actor, sha256)).bytes.toString('utf8');
  }
}
