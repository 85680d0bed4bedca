import { Injectable } from '@nestjs/common';
import { attributionFile, Refusal, type AttributedVersion, type AttributionFile } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { WORDED_CLAUSES } from '../catalog/worded-clauses.js';
import type { Actor } from '../http/actor.js';
import { Runtime } from '../http/runtime.js';
import { seenBy, VISIBLE } from './visible-license.js';

interface VersionRow extends Omit<AttributedVersion, 'url' | 'body' | 'policies'> {
  bytes: Buffer;
  policies: { title: string; slug: string }[];
}

const VERSION = `
  SELECT l.title, v.n AS version, p.legal_name AS publisher, v.body_sha256 AS sha256, d.bytes,
    ${WORDED_CLAUSES} AS clauses,
    coalesce((SELECT json_agg(json_build_object('title', y.title, 'slug', y.slug) ORDER BY y.slug)
      FROM license_version_policy i JOIN policy y ON y.id = i.policy_id WHERE i.license_version_id = v.id), '[]'::json) AS policies
  FROM license_version v JOIN license l ON l.id = v.license_id JOIN publisher p ON p.id = l.publisher_id JOIN document d ON d.sha256 = v.body_sha256
  WHERE l.slug = $5 AND v.n = $6 AND ${VISIBLE}`;

/** The file that whoever passes on what a license covers puts beside it. */
@Injectable()
export class LicenseAttribution {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

  async file(actor: Actor, license: string, n: number): Promise<AttributionFile> {
    const [row] = await this.database.query<VersionRow[]>(VERSION, [...seenBy(actor), license, n]);
    if (!row) throw new Refusal('not-found', 'There is no such version of a license.');
    const { bytes, policies, ...version } = row;
    const { publicUrl } = this.runtime;
    return attributionFile({
      ...version,
      url: `${publicUrl}/documents/${row.sha256}`,
      body: bytes.toString('utf8'),
      policies: policies.map(({ title, slug }) => ({ title, url: `${publicUrl}/policies/${slug}` })),
    });
  }
}
