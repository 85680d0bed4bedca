import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which runtime images a release was run with, and what came out. */
export class Verifications1764000000030 implements MigrationInterface {
  name = 'Verifications1764000000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE verification (
        id uuid PRIMARY KEY,
        release_id uuid NOT NULL REFERENCES release,
        runtime_id uuid NOT NULL,
        digest oci_digest NOT NULL,
        engine text NOT NULL,
        load_ms double precision NOT NULL CHECK (load_ms >= 0),
        tokens_per_second double precision NOT NULL CHECK (tokens_per_second >= 0),
        output_sha256 text NOT NULL CHECK (output_sha256 ~ '^[0-9a-f]{64}$'),
        verified_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        FOREIGN KEY (runtime_id, digest) REFERENCES runtime_manifest
      );
      CREATE INDEX verification_release ON verification (release_id, verified_at DESC);
      CREATE INDEX verification_manifest ON verification (runtime_id, digest);
      CREATE TRIGGER verification_append_only BEFORE UPDATE OR DELETE ON verification FOR EACH ROW EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
