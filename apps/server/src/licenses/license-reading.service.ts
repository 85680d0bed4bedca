import { Injectable } from '@nestjs/common';
import type { LicenseKind } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import type { Actor } from '../http/actor.js';
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

interface DocumentRow {
  media_type: string;
  bytes: Buffer;
}

/** Licenses as everyone may read them, before any sign-up. */
@Injectable()
export class LicenseReading {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

  async find(actor: Actor, slug: string) {
    const [license] = await this.database.query<LicenseRow[]>(
      `SELECT l.id, l.slug, l.title, l.kind, p.slug AS publisher,
         (SELECT json_build_object('license', s.slug, 'version', b.n) FROM license_version b JOIN license s ON s.id = b.license_id WHERE b.id = l.base_version_id) AS base
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
      url: `${this.runtime.publicUrl}/documents/${row.body_sha256}`,
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
      spdx: row.spdx,
    }));
  }
}
