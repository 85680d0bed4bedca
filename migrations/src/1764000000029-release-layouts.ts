import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A published release as OCI artifacts: the manifests are kept here, the bytes that they name are the release's own. */
export class ReleaseLayouts1764000000029 implements MigrationInterface {
  name = 'ReleaseLayouts1764000000029';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE release_layout (
        release_id uuid NOT NULL REFERENCES release,
        layout text NOT NULL CHECK (layout IN ('modelpack', 'docker', 'ollama')),
        digest oci_digest NOT NULL,
        media_type text NOT NULL,
        body bytea NOT NULL,
        config_digest oci_digest NOT NULL,
        config bytea NOT NULL,
        license_sha256 text REFERENCES document,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (release_id, layout)
      );
      CREATE INDEX release_layout_digest ON release_layout (digest);
      CREATE INDEX release_layout_config ON release_layout (config_digest);
      CREATE INDEX artifact_sha256 ON artifact (sha256);
      CREATE TRIGGER release_layout_append_only BEFORE UPDATE OR DELETE ON release_layout FOR EACH ROW EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
