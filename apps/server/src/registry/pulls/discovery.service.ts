import { Injectable } from '@nestjs/common';
import { pagedTags, referrersIndex, tagOfRelease, tagPage } from '@paddock/delivery';
import { type Descriptor } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { PullGate } from './pull-gate.js';
import type { RegistryCaller } from './registry-callers.js';
import type { Repository } from './repositories.js';

type Query = Record<string, string | undefined>;

interface ReferrerRow {
  mediaType: string;
  digest: string;
  size: number;
  artifactType: string | null;
  annotations: Record<string, string> | null;
}

const REFERRERS = `
  SELECT media_type AS "mediaType", digest, length(body) AS size, artifact_type AS "artifactType", annotations
  FROM runtime_manifest WHERE runtime_id = $1 AND subject = $2 AND ($3::text IS NULL OR artifact_type = $3) ORDER BY created_at, digest`;

/** What there is in a repository: its tags, and what refers to a manifest. */
@Injectable()
export class Discovery {
  constructor(
    private readonly database: DataSource,
    private readonly gate: PullGate,
  ) {}

  async tags(caller: RegistryCaller, repository: Repository, query: Query): Promise<{ body: string; link: string | undefined }> {
    const page = tagPage(query);
    const after = page.after ?? '';
    if (repository.kind === 'model') {
      // The names of releases stand in the catalog, for everybody.
      const names = await this.database.query<{ name: string }[]>(`SELECT name FROM release WHERE model_id = $1 AND state = 'published'`, [
        repository.id,
      ]);
      const tags = [...new Set(names.map(({ name }) => tagOfRelease(name)))].filter((tag) => tag > after).sort();
      return pagedTags(repository.path, tags, page);
    }
    await this.gate.admit(caller, { kind: 'runtime', runtime: repository });
    const rows = await this.database.query<{ name: string }[]>(
      'SELECT name FROM runtime_tag WHERE runtime_id = $1 AND name > $2 ORDER BY name LIMIT $3',
      [repository.id, after, page.limit + 1],
    );
    return pagedTags(
      repository.path,
      rows.map(({ name }) => name),
      page,
    );
  }

  /** Nothing refers to a release's layouts. */
  async referrers(caller: RegistryCaller, repository: Repository, digest: string, artifactType: string | undefined): Promise<string> {
    if (repository.kind === 'model') return referrersIndex([]);
    await this.gate.admit(caller, { kind: 'runtime', runtime: repository });
    const rows = await this.database.query<ReferrerRow[]>(REFERRERS, [repository.id, digest, artifactType ?? null]);
    return referrersIndex(rows.map(descriptorOf));
  }
}

function descriptorOf({ mediaType, digest, size, artifactType, annotations }: ReferrerRow): Descriptor {
  return { mediaType, digest, size, ...(artifactType && { artifactType }), ...(annotations && { annotations }) };
}
