import { Injectable } from '@nestjs/common';
import type { LicenseKind, LicenseListed, ListLicenses } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import type { Actor } from '../http/actor.js';
import { page, readCursor } from '../http/cursor.js';
import { Runtime } from '../http/runtime.js';
import { seenBy, VISIBLE } from './visible-license.js';

interface VersionRow {
  n: number;
  body_sha256: string;
  assent: string;
  coverage: string;
  channels: string[];
  effective_from: Date;
  reacceptance: string;
  reaccept_from: Date | null;
  surface: 'any' | 'page';
  in_force: boolean;
  clauses: { kind: string; parameters: Record<string, unknown>; start: number; end: number }[];
  policies: string[];
  attestations: { id: string; text: string }[];
  spdx: string | null;
}

interface LicenseRow {
  id: string;
  slug: string;
  title: string;
  kind: LicenseKind;
  publisher: string;
  base: { license: string; version: number } | null;
}

interface ListedRow extends Omit<LicenseRow, 'kind'>, Pick<LicenseListed, 'kind' | 'scheduled' | 'models'> {
  current: Omit<NonNullable<LicenseListed['current']>, 'url'> | null;
  at: string;
}

interface DocumentRow {
  media_type: string;
  bytes: Buffer;
}

const BASE = `(SELECT json_build_object('license', s.slug, 'version', b.n) FROM license_version b JOIN license s ON s.id = b.license_id WHERE b.id = l.base_version_id) AS base`;

/** Licenses as everyone may read them, before any sign-up. */
@Injectable()
export class LicenseReading {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

  async list(actor: Actor, { kind, publisher, ...query }: ListLicenses) {
    const cursor = readCursor(query.cursor);
    const rows = await this.database.query<ListedRow[]>(
      `SELECT l.id, l.slug, l.title, l.kind, p.slug AS publisher, to_json(l.created_at) #>> '{}' AS at, ${BASE},
         (SELECT json_build_object('n', n, 'sha256', body_sha256, 'assent', assent, 'effectiveFrom', effective_from, 'spdx', spdx)
           FROM license_version WHERE license_id = l.id AND effective_from <= now() ORDER BY n DESC LIMIT 1) AS current,
         (SELECT json_build_object('n', n, 'effectiveFrom', effective_from)
           FROM license_version WHERE license_id = l.id AND effective_from > now() ORDER BY n LIMIT 1) AS scheduled,
         coalesce((SELECT array_agg(m.slug ORDER BY m.slug) FROM model m
           JOIN LATERAL (SELECT license_id FROM access_terms WHERE model_id = m.id ORDER BY n DESC LIMIT 1) t ON t.license_id = l.id), '{}') AS models
       FROM license l JOIN publisher p ON p.id = l.publisher_id
       WHERE ${VISIBLE} AND ($5::text IS NULL OR l.kind = $5) AND ($6::text IS NULL OR p.slug = $6)
         AND ($7::timestamptz IS NULL OR (l.created_at, l.id) > ($7, $8::uuid)) ORDER BY l.created_at, l.id LIMIT $9`,
      [...seenBy(actor), kind ?? null, publisher ?? null, cursor?.at ?? null, cursor?.id ?? null, query.limit + 1],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => row);
    return {
      items: items.map(({ id: _id, at: _at, current, scheduled, ...shown }) => ({
        ...shown,
        current: current && { ...current, effectiveFrom: new Date(current.effectiveFrom), url: this.documentUrl(current.sha256) },
        scheduled: scheduled && { ...scheduled, effectiveFrom: new Date(scheduled.effectiveFrom) },
      })),
      nextCursor,
    };
  }

  async find(actor: Actor, slug: string) {
    const [license] = await this.database.query<LicenseRow[]>(
      `SELECT l.id, l.slug, l.title, l.kind, p.slug AS publisher,
         ${BASE}
       FROM license l JOIN publisher p ON p.id = l.publisher_id WHERE l.slug = $5 AND ${VISIBLE}`,
      [...seenBy(actor), slug],
    );
    if (!license) throw new Refusal('not-found', 'There is no such license.');
    const { id, ...shown } = license;
    return { ...shown, versions: await this.versions(id) };
  }

  /** A document that binds somebody: a license's body, or a policy's snapshot, its text or its PDF. */
  async document(actor: Actor, sha256: string): Promise<DocumentRow> {
    const [document] = await this.database.query<DocumentRow[]>(
      `SELECT media_type, bytes FROM document d WHERE sha256 = $5 AND (
         EXISTS (SELECT FROM license_version v JOIN license l ON l.id = v.license_id WHERE v.body_sha256 = d.sha256 AND ${VISIBLE})
         OR EXISTS (SELECT FROM snapshot s WHERE s.raw_sha256 = d.sha256 OR s.pdf_sha256 = d.sha256) OR EXISTS (SELECT FROM snapshot_text t WHERE t.sha256 = d.sha256))`,
      [...seenBy(actor), sha256],
    );
    if (!document) throw new Refusal('not-found', 'There is no such document.');
    return document;
  }

  private async versions(license: string) {
    const rows = await this.database.query<VersionRow[]>(
      `SELECT v.*, v.n = (SELECT max(n) FROM license_version WHERE license_id = $1 AND effective_from <= now()) AS in_force,
         coalesce((SELECT json_agg(json_build_object('kind', c.kind, 'parameters', c.parameters, 'start', c.byte_start, 'end', c.byte_end) ORDER BY c.n) FROM clause c WHERE c.license_version_id = v.id), '[]'::json) AS clauses,
         coalesce((SELECT array_agg(p.slug ORDER BY p.slug) FROM license_version_policy i JOIN policy p ON p.id = i.policy_id WHERE i.license_version_id = v.id), '{}') AS policies
       FROM license_version v WHERE v.license_id = $1 ORDER BY v.n DESC`,
      [license],
    );
    return rows.map((row) => ({
      n: row.n,
      sha256: row.body_sha256,
      url: this.documentUrl(row.body_sha256),
      state: row.in_force ? 'in-force' : row.effective_from > this.runtime.now() ? 'scheduled' : 'superseded',
      assent: row.assent,
      coverage: row.coverage,
      channels: row.channels,
      effectiveFrom: row.effective_from,
      reacceptance: row.reacceptance,
      reacceptFrom: row.reaccept_from,
      surface: row.surface,
      clauses: row.clauses,
      policies: row.policies,
      attestations: row.attestations,
      spdx: row.spdx,
    }));
  }

  private documentUrl(sha256: string): string {
    return `${this.runtime.publicUrl}/documents/${sha256}`;
  }
}
