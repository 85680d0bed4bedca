import type { DataSource } from 'typeorm';

export interface VerificationRow {
  id: string;
  runtime: string;
  digest: string;
  engine: string;
  loadMilliseconds: number;
  tokensPerSecond: number;
  outputSha256: string;
  verifiedAt: Date;
}

const MOST = 100;

/** Runtime images that a release was run with, the latest first. */
export function verificationsOf(database: DataSource, release: string): Promise<VerificationRow[]> {
  return database.query(
    `SELECT v.id, p.slug || '/' || t.name AS runtime, v.digest, v.engine, v.load_ms AS "loadMilliseconds", v.tokens_per_second AS "tokensPerSecond",
       v.output_sha256 AS "outputSha256", v.verified_at AS "verifiedAt"
     FROM verification v JOIN runtime t ON t.id = v.runtime_id JOIN publisher p ON p.id = t.publisher_id
     WHERE v.release_id = $1 ORDER BY v.verified_at DESC, v.id LIMIT $2`,
    [release, MOST],
  );
}

/** What registry clients name: `host/publisher/name`, with a tag or a digest. */
export function ociReference(publicUrl: string, repository: string, version: { tag: string } | { digest: string }): string {
  return `${new URL(publicUrl).host}/${repository}${'tag' in version ? `:${version.tag}` : `@${version.digest}`}`;
}
