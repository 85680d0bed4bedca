import { Injectable } from '@nestjs/common';
import { digestOf, releaseLayouts, type Layout, type LayoutArtifact, type ReleaseContent } from '@paddock/delivery';
import { DataSource } from 'typeorm';

interface ContentRow extends ReleaseContent {
  id: string;
  artifacts: LayoutArtifact[];
}

/** The license is the one that bound when the release was published: a later text changes no digest. */
const CONTENT = `
  SELECT r.id, m.slug AS model, m.title, p.slug AS publisher, r.name AS release, to_char(r.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "publishedAt",
    (SELECT json_agg(json_build_object('path', a.path, 'size', a.size, 'sha256', a.sha256, 'header', a.header) ORDER BY a.path COLLATE "C") FROM artifact a WHERE a.release_id = r.id) AS artifacts,
    (SELECT json_build_object('sha256', v.body_sha256, 'size', length(d.bytes), 'spdx', v.spdx) FROM license_version v JOIN document d ON d.sha256 = v.body_sha256
      WHERE v.effective_from <= r.published_at AND v.license_id = coalesce(r.license_id, (
        SELECT license_id FROM access_terms WHERE model_id = m.id AND created_at <= r.published_at ORDER BY n DESC LIMIT 1)) ORDER BY v.n DESC LIMIT 1) AS license
  FROM release r JOIN model m ON m.id = r.model_id JOIN publisher p ON p.id = m.publisher_id
  WHERE r.model_id = $1 AND r.state <> 'draft' AND NOT EXISTS (SELECT FROM release_layout y WHERE y.release_id = r.id)`;

const KEEP = `
  INSERT INTO release_layout (release_id, layout, digest, media_type, body, config_digest, config, license_sha256)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`;

/** Makes the layouts of a model's releases when they are first asked for; made once, they are the same for ever. */
@Injectable()
export class ReleaseLayouts {
  constructor(private readonly database: DataSource) {}

  async ensure(model: string): Promise<void> {
    const rows = await this.database.query<ContentRow[]>(CONTENT, [model]);
    for (const content of rows) await this.make(content);
  }

  /** All or none, so that a release has either every layout that it can have or is still to be made. */
  private async make(content: ContentRow): Promise<void> {
    await this.database.transaction(async (tx) => {
      for (const { layout, mediaType, body, config } of releaseLayouts(content)) {
        const license = content.license?.sha256 ?? null;
        await tx.query(KEEP, [content.id, layout, digestOf(body), mediaType, body, digestOf(config), config, license]);
      }
    });
  }

  /** Of one release, by name. */
  async of(release: string): Promise<{ layout: Layout; digest: string; mediaType: string; size: number }[]> {
    return this.database.query(
      `SELECT layout, digest, media_type AS "mediaType", length(body) AS size FROM release_layout WHERE release_id = $1 ORDER BY layout <> 'modelpack', layout`,
      [release],
    );
  }
}
