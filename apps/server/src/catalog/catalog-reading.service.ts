import { Injectable } from '@nestjs/common';
import type { Paging } from '@paddock/contracts';
import { tagOfRelease } from '@paddock/delivery';
import { holdsRole, memoryToRun, opennessLabel, Refusal, type ModelHeader, type OpennessState } from '@paddock/domain';
import { DataSource } from 'typeorm';
import type { Actor } from '../http/actor.js';
import { page, readCursor } from '../http/cursor.js';
import { Runtime } from '../http/runtime.js';
import { releaseOpenness } from './release-openness.js';
import { ArtifactRecord } from './release.entity.js';
import { ociReference, verificationsOf } from './verifications.js';

interface ModelRow {
  id: string;
  publisher_id: string;
  slug: string;
  publisher: string;
  title: string;
  summary: string;
  openness: Record<string, OpennessState>;
  admission: 'application' | 'assent' | 'open' | null;
  license: LicenseRow | null;
  at: string;
}

interface LicenseRow {
  slug: string;
  title: string;
  version: number;
  sha256: string;
}

interface ReleaseRow {
  id: string;
  name: string;
  state: 'draft' | 'published' | 'withdrawn';
  reason: string | null;
  replacement: string | null;
  published_at: Date | null;
  license: LicenseRow | null;
  files: number;
  size: number;
  weights: WeightsRow | null;
}

/** Of the files that carry a header: their bytes and parameters together, and the header of the largest. */
interface WeightsRow {
  header: ModelHeader;
  parameters: number | null;
  size: number;
}

/** The version in force of the license whose id the expression gives. */
const licenseOf = (id: string) => `(
  SELECT json_build_object('slug', l.slug, 'title', l.title, 'version', v.n, 'sha256', v.body_sha256)
  FROM license l JOIN license_version v ON v.license_id = l.id WHERE l.id = ${id} AND v.effective_from <= now() ORDER BY v.n DESC LIMIT 1)`;

const MODELS = `
  SELECT m.id, m.publisher_id, m.slug, p.slug AS publisher, m.title, m.summary, m.openness, t.admission, to_json(m.created_at) #>> '{}' AS at, ${licenseOf('t.license_id')} AS license
  FROM model m JOIN publisher p ON p.id = m.publisher_id
  LEFT JOIN LATERAL (SELECT * FROM access_terms WHERE model_id = m.id ORDER BY n DESC LIMIT 1) t ON true`;

const RELEASES = `
  SELECT r.id, r.name, r.state, r.reason, r.published_at, (SELECT name FROM release WHERE id = r.replacement_id) AS replacement,
    ${licenseOf('coalesce(r.license_id, (SELECT license_id FROM access_terms WHERE model_id = r.model_id ORDER BY n DESC LIMIT 1))')} AS license,
    count(a.id)::int AS files, coalesce(sum(a.size), 0)::float8 AS size,
    CASE WHEN count(a.header) > 0 THEN json_build_object(
      'header', (array_agg(a.header ORDER BY a.size DESC) FILTER (WHERE a.header IS NOT NULL))[1],
      'parameters', sum((a.header ->> 'parameters')::float8), 'size', sum(a.size) FILTER (WHERE a.header IS NOT NULL)) END AS weights
  FROM release r LEFT JOIN artifact a ON a.release_id = r.id WHERE r.model_id = $1`;

/** The catalog as everyone may read it; drafts are shown to their publisher alone. */
@Injectable()
export class CatalogReading {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

  async models(query: Paging) {
    const cursor = readCursor(query.cursor);
    const rows = await this.database.query<ModelRow[]>(
      `${MODELS} WHERE ($1::timestamptz IS NULL OR (m.created_at, m.id) > ($1, $2::uuid)) ORDER BY m.created_at, m.id LIMIT $3`,
      [cursor?.at ?? null, cursor?.id ?? null, query.limit + 1],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => row);
    return { items: items.map((row) => this.model(row)), nextCursor };
  }

  async publishers(query: Paging) {
    const cursor = readCursor(query.cursor);
    const rows = await this.database.query<{ id: string; slug: string; legalName: string; domain: string | null; at: string }[]>(
      `SELECT id, slug, legal_name AS "legalName", domain, to_json(created_at) #>> '{}' AS at FROM publisher
       WHERE $1::timestamptz IS NULL OR (created_at, id) > ($1, $2::uuid) ORDER BY created_at, id LIMIT $3`,
      [cursor?.at ?? null, cursor?.id ?? null, query.limit + 1],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => row);
    return { items: items.map(({ id, slug, legalName, domain }) => ({ id, slug, legalName, domain })), nextCursor };
  }

  async find(actor: Actor, slug: string) {
    const row = await this.modelRow(slug);
    const releases = await this.database.query<ReleaseRow[]>(`${RELEASES} GROUP BY r.id ORDER BY r.published_at DESC NULLS FIRST, r.name`, [
      row.id,
    ]);
    const visible = releases.filter(({ state }) => state !== 'draft' || mayPublish(actor, row));
    return {
      ...this.model(row),
      releases: visible.map(({ name, state, published_at: publishedAt, files, size, weights }) => ({
        name,
        state,
        publishedAt,
        files,
        size,
        weights: weights && shownWeights(weights),
      })),
    };
  }

  /** Throws where `find`, or `release` for a name, would; reads nothing that is to be shown. */
  async refuseUnknown(actor: Actor, slug: string, name?: string): Promise<void> {
    const model = await this.modelRow(slug);
    if (name === undefined) return;
    const [row] = await this.database.query<Pick<ReleaseRow, 'state'>[]>('SELECT state FROM release WHERE model_id = $1 AND name = $2', [
      model.id,
      name,
    ]);
    refuseUnseen(actor, model, row);
  }

  async release(actor: Actor, slug: string, name: string) {
    const model = await this.modelRow(slug);
    const [row] = await this.database.query<ReleaseRow[]>(`${RELEASES} AND r.name = $2 GROUP BY r.id`, [model.id, name]);
    refuseUnseen(actor, model, row);
    const artifacts = await this.database.manager.find(ArtifactRecord, { where: { releaseId: row.id }, order: { path: 'ASC' } });
    return {
      model: slug,
      name: row.name,
      state: row.state,
      reason: row.reason,
      replacement: row.replacement,
      publishedAt: row.published_at,
      license: this.license(row.license),
      openness: await releaseOpenness(this.database, this.model(model).openness, model.admission, row.license),
      artifacts: artifacts.map(({ path, size, sha256, mediaType, access, header }) => ({ path, size, sha256, mediaType, access, header })),
      ociReference:
        row.state === 'draft' ? null : ociReference(this.runtime.publicUrl, `${model.publisher}/${slug}`, { tag: tagOfRelease(row.name) }),
      verifiedWith: (await verificationsOf(this.database, row.id)).map((one) => ({
        ...one,
        image: ociReference(this.runtime.publicUrl, one.runtime, { digest: one.digest }),
      })),
    };
  }

  private async modelRow(slug: string): Promise<ModelRow> {
    const [row] = await this.database.query<ModelRow[]>(`${MODELS} WHERE m.slug = $1`, [slug]);
    if (!row) throw new Refusal('not-found', 'There is no such model.');
    return row;
  }

  private model(row: ModelRow) {
    const weights = row.admission === 'open' ? 'open' : row.admission === null ? 'closed' : 'licensed';
    return {
      slug: row.slug,
      publisher: row.publisher,
      title: row.title,
      summary: row.summary,
      admission: row.admission,
      license: this.license(row.license),
      openness: opennessLabel(weights, row.openness),
    };
  }

  private license(row: LicenseRow | null) {
    return row && { ...row, url: `${this.runtime.publicUrl}/documents/${row.sha256}` };
  }
}

function shownWeights({ header, parameters, size }: WeightsRow) {
  const { format, architecture = null, quantization = null, contextLength = null } = header;
  return { format, architecture, parameters, quantization, contextLength, size, memory: memoryToRun(size, header) };
}

function refuseUnseen<Row extends Pick<ReleaseRow, 'state'>>(actor: Actor, model: ModelRow, row: Row | undefined): asserts row is Row {
  if (!row || (row.state === 'draft' && !mayPublish(actor, model))) throw new Refusal('not-found', 'There is no such release.');
}

/** A token shows drafts when it is one for publishing. */
function mayPublish(actor: Actor, model: ModelRow): boolean {
  if (actor.via === 'token' && !actor.scopes.includes('publish')) return false;
  return actor.account !== null && holdsRole(actor.roles, 'publisher', { publisher: model.publisher_id, model: model.id });
}
