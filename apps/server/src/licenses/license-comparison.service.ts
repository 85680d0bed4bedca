import { Injectable } from '@nestjs/common';
import { wordDiff } from '@paddock/capture';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { refuseWithoutRole, type Actor, type PersonActor } from '../http/actor.js';
import { LicenseReading } from './license-reading.service.js';

/** Two versions of a license, word by word. */
@Injectable()
export class LicenseComparison {
  constructor(
    private readonly database: DataSource,
    private readonly reading: LicenseReading,
  ) {}

  async compare(actor: Actor, slug: string, from: number, to: number) {
    const { versions } = await this.reading.find(actor, slug);
    const [before, after] = [from, to].map((n) => versions.find((version) => version.n === n));
    if (!before || !after) throw new Refusal('not-found', 'This license has no such version.');
    const [old, text] = await Promise.all([before, after].map(({ sha256 }) => this.reading.document(actor, sha256)));
    return {
      license: slug,
      from: { n: from, sha256: before.sha256 },
      to: { n: to, sha256: after.sha256 },
      parts: wordDiff(old!.bytes.toString('utf8'), text!.bytes.toString('utf8')),
    };
  }

  /** What a text that is being written would change in the version in force. */
  async draft(actor: PersonActor, slug: string, text: string) {
    const { versions } = await this.reading.find(actor, slug);
    const [owner] = await this.database.query<{ publisher_id: string }[]>('SELECT publisher_id FROM license WHERE slug = $1', [slug]);
    refuseWithoutRole(actor, 'publisher', { publisher: owner!.publisher_id });
    const inForce = versions.find(({ state }) => state === 'in-force');
    const old = inForce ? (await this.reading.document(actor, inForce.sha256)).bytes.toString('utf8') : '';
    return { parts: wordDiff(old, text) };
  }
}
