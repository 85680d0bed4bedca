import { Injectable } from '@nestjs/common';
import type { CreateLicense, CreateLicenseVersion, LicenseKind } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { spdxLicense } from '../catalog/spdx.js';
import { isConflict } from '../database/failure.js';
import { refuseWithoutRole, type PersonActor } from '../http/actor.js';
import { Runtime } from '../http/runtime.js';
import { EventLog } from '../ledger/event-log.js';
import { announceText } from '../policies/announcements.js';
import { keepDocument } from '../policies/documents.js';
import { bindingDates } from '../policies/snapshots/binding-dates.js';
import { locateClauses } from './clauses.js';
import { seenBy, VISIBLE } from './visible-license.js';

@Injectable()
export class LicensesService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly events: EventLog,
  ) {}

  async create(actor: PersonActor, input: CreateLicense): Promise<{ slug: string; title: string; kind: LicenseKind }> {
    const kind = input.special ? 'special' : 'standard';
    try {
      await this.database.transaction(async (tx) => {
        const [publisher] = await tx.query<{ id: string }[]>('SELECT id FROM publisher WHERE slug = $1', [input.publisher]);
        if (!publisher) throw new Refusal('not-found', 'There is no such publisher.');
        refuseWithoutRole(actor, 'publisher', { publisher: publisher.id });
        const id = uuidv7();
        const base = input.special ? await this.baseOf(tx, publisher.id, input.special) : null;
        await tx.query(
          'INSERT INTO license (id, publisher_id, slug, title, kind, base_version_id, licensee_id) VALUES ($1, $2, $3, $4, $5, $6, $7)',
          [id, publisher.id, input.slug, input.title, kind, base, input.special?.licensee ?? null],
        );
        await this.events.append(actor, { kind: 'license-created', subject: id, detail: { kind } }, tx);
      });
    } catch (error) {
      if (isConflict(error)) throw new Refusal('slug-taken', `A license \`${input.slug}\` exists already.`);
      throw error;
    }
    return { slug: input.slug, title: input.title, kind };
  }

  /** Adds the next version. Its bytes are kept as they came: they are what people will be shown and sign. */
  async addVersion(actor: PersonActor, slug: string, input: CreateLicenseVersion): Promise<void> {
    const body = Buffer.from(input.text, 'utf8');
    const clauses = locateClauses(body, input.clauses);
    if (input.spdx !== undefined && !spdxLicense(input.spdx))
      throw new Refusal('malformed-request', `spdx: the SPDX license list knows no \`${input.spdx}\``, { fields: ['spdx'] });
    await this.database.transaction(async (tx) => {
      // Gives two publishers' versions two numbers; the row itself cannot be locked by a role that may not change it.
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`license ${slug}`]);
      const [license] = await tx.query<{ id: string; publisher_id: string; kind: LicenseKind }[]>(
        `SELECT id, publisher_id, kind FROM license l WHERE slug = $5 AND ${VISIBLE}`,
        [...seenBy(actor), slug],
      );
      if (!license) throw new Refusal('not-found', 'There is no such license.');
      refuseWithoutRole(actor, 'publisher', { publisher: license.publisher_id });
      if (license.kind === 'special' && input.assent === 'none')
        throw new Refusal('license-unfit', 'A special license is a contract with one licensee: it binds by their assent.');
      const version = await this.insertVersion(tx, license.id, body, input);
      for (const [n, clause] of clauses.entries()) {
        await tx.query(
          'INSERT INTO clause (license_version_id, n, kind, parameters, byte_start, byte_end) VALUES ($1, $2, $3, $4, $5, $6)',
          [version, n + 1, clause.kind, clause.parameters, clause.start, clause.end],
        );
      }
      await this.incorporate(tx, version, input.policies);
      await announceText(tx, 'license-version', version);
      await this.events.append(actor, { kind: 'license-version-added', subject: version }, tx);
    });
  }

  /** The version that a special license varies. */
  private async baseOf(tx: EntityManager, publisher: string, { base, licensee }: NonNullable<CreateLicense['special']>): Promise<string> {
    const [found] = await tx.query<{ id: string; version: string; publisher_id: string }[]>(
      `SELECT l.publisher_id, v.id AS version FROM license l JOIN license_version v ON v.license_id = l.id AND v.effective_from <= now()
       WHERE l.slug = $1 AND l.kind = 'standard' ORDER BY v.n DESC LIMIT 1`,
      [base],
    );
    if (!found || found.publisher_id !== publisher)
      throw new Refusal('not-found', `This publisher has no license \`${base}\` with a version in force.`);
    const known = await tx.query<unknown[]>('SELECT 1 FROM licensee WHERE id = $1', [licensee]);
    if (known.length === 0) throw new Refusal('not-found', 'There is no such licensee.');
    return found.version;
  }

  async hasVersion(slug: string): Promise<boolean> {
    const rows = await this.database.query<unknown[]>(
      'SELECT 1 FROM license_version v JOIN license l ON l.id = v.license_id WHERE l.slug = $1 LIMIT 1',
      [slug],
    );
    return rows.length > 0;
  }

  private async insertVersion(tx: EntityManager, license: string, body: Buffer, input: CreateLicenseVersion): Promise<string> {
    const { effectiveFrom, reacceptFrom } = bindingDates(input, this.runtime.now());
    const sha256 = await keepDocument(tx, 'text/markdown; charset=utf-8', body);
    const id = uuidv7();
    await tx.query(
      `INSERT INTO license_version (id, license_id, n, body_sha256, assent, coverage, channels, attestations, effective_from, reacceptance, reaccept_from, surface, spdx)
       SELECT $1, $2, coalesce(max(n), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 FROM license_version WHERE license_id = $2`,
      [
        id,
        license,
        sha256,
        input.assent,
        input.coverage,
        input.channels,
        JSON.stringify(input.attestations),
        effectiveFrom,
        input.reacceptance,
        reacceptFrom,
        input.surface,
        input.spdx ?? null,
      ],
    );
    return id;
  }

  private async incorporate(tx: EntityManager, version: string, policies: string[]): Promise<void> {
    for (const slug of new Set(policies)) {
      const rows = await tx.query<unknown[]>(
        'INSERT INTO license_version_policy (license_version_id, policy_id) SELECT $1, id FROM policy WHERE slug = $2 RETURNING policy_id',
        [version, slug],
      );
      if (rows.length === 0) throw new Refusal('not-found', `There is no policy \`${slug}\`.`);
    }
  }
}
