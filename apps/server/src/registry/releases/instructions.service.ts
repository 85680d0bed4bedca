import { Injectable } from '@nestjs/common';
import { instructionsFor, tagOfLayout } from '@paddock/delivery';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { ociReference } from '../../catalog/verifications.js';
import { Runtime } from '../../http/runtime.js';
import { ReleaseLayouts } from './release-layouts.service.js';

interface ReleaseRow {
  id: string;
  modelId: string;
  repository: string;
  login: boolean;
  gguf: { path: string; sha256: string } | null;
  image: { runtime: string; digest: string; access: 'public' | 'licensees'; verified: boolean } | null;
}

/** The image that the release was verified with last; else the one that its publisher tagged last. */
const RELEASE = `
  SELECT r.id, m.id AS "modelId", p.slug || '/' || m.slug AS repository,
    coalesce((SELECT admission FROM access_terms WHERE model_id = m.id ORDER BY n DESC LIMIT 1), '') <> 'open' AS login,
    (SELECT json_build_object('path', a.path, 'sha256', a.sha256) FROM artifact a
      WHERE a.release_id = r.id AND a.path ILIKE '%.gguf' AND a.path NOT ILIKE '%mmproj%' ORDER BY a.path COLLATE "C" LIMIT 1) AS gguf,
    (SELECT json_build_object('runtime', i.runtime, 'digest', i.digest, 'access', i.access, 'verified', i.verified) FROM (
      SELECT vp.slug || '/' || t.name AS runtime, v.digest, t.access, true AS verified, v.verified_at AS at
      FROM verification v JOIN runtime t ON t.id = v.runtime_id JOIN publisher vp ON vp.id = t.publisher_id WHERE v.release_id = r.id
      UNION ALL
      SELECT p.slug || '/' || t.name, g.digest, t.access, false, g.updated_at
      FROM runtime t JOIN runtime_tag g ON g.runtime_id = t.id WHERE t.publisher_id = p.id
    ) i ORDER BY i.verified DESC, i.at DESC LIMIT 1) AS image
  FROM release r JOIN model m ON m.id = r.model_id JOIN publisher p ON p.id = m.publisher_id
  WHERE m.slug = $1 AND r.name = $2 AND r.state = 'published'`;

/** How a release is run, by exact digests. */
@Injectable()
export class InstructionsService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly layouts: ReleaseLayouts,
  ) {}

  async of(model: string, release: string) {
    const [row] = await this.database.query<ReleaseRow[]>(RELEASE, [model, release]);
    if (!row) throw new Refusal('not-found', 'There is no such release, or it is not published.');
    await this.layouts.ensure(row.modelId);
    const { publicUrl } = this.runtime;
    const layouts = (await this.layouts.of(row.id)).map((one) => {
      const tag = tagOfLayout(release, one.layout);
      return { ...one, tag, reference: ociReference(publicUrl, row.repository, { digest: one.digest }) };
    });
    const { image } = row;
    const reference = image && ociReference(publicUrl, image.runtime, { digest: image.digest });
    const references = layouts.map(({ layout, tag, reference: byDigest }) => [
      layout,
      { byDigest, byTag: ociReference(publicUrl, row.repository, { tag }) },
    ]);
    const instructions = instructionsFor({
      publicUrl,
      model,
      release,
      login: row.login,
      gguf: row.gguf ?? undefined,
      image: image && reference ? { reference, login: image.access === 'licensees' } : undefined,
      layouts: Object.fromEntries(references) as Record<string, { byDigest: string; byTag: string }>,
    });
    const registry = new URL(publicUrl).host;
    return { model, release, registry, login: row.login, layouts, image: reference, verified: image?.verified ?? false, instructions };
  }
}
