import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Documents by their digest, policies with their dated snapshots, licenses with their versions, agreements. */
export class Licenses1764000000002 implements MigrationInterface {
  name = 'Licenses1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Bytes that somebody may have been shown. Addressed by what they are, so never changed.
      CREATE TABLE document (
        sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        media_type text NOT NULL,
        bytes bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE policy (
        id uuid PRIMARY KEY,
        publisher_id uuid NOT NULL REFERENCES publisher,
        slug text NOT NULL UNIQUE,
        title text NOT NULL,
        source_url text,
        schedule text,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE capture (
        id uuid PRIMARY KEY,
        policy_id uuid NOT NULL REFERENCES policy,
        captured_at timestamptz NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('changed', 'seen', 'failed', 'published')),
        detail jsonb NOT NULL DEFAULT '{}'
      );
      CREATE INDEX capture_policy ON capture (policy_id, captured_at);
      CREATE TABLE snapshot (
        id uuid PRIMARY KEY,
        policy_id uuid NOT NULL REFERENCES policy,
        capture_id uuid NOT NULL REFERENCES capture,
        captured_at timestamptz NOT NULL,
        raw_sha256 text NOT NULL REFERENCES document (sha256),
        effective_from timestamptz,
        reaccept_from timestamptz
      );
      CREATE INDEX snapshot_effective ON snapshot (policy_id, effective_from);
      CREATE TABLE snapshot_text (
        snapshot_id uuid NOT NULL REFERENCES snapshot,
        extractor text NOT NULL,
        extractor_version text NOT NULL,
        sha256 text NOT NULL REFERENCES document,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (snapshot_id, extractor, extractor_version)
      );

      CREATE TABLE license (
        id uuid PRIMARY KEY,
        publisher_id uuid NOT NULL REFERENCES publisher,
        slug text NOT NULL UNIQUE,
        title text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('standard', 'special')),
        base_version_id uuid,
        licensee_id uuid REFERENCES licensee,
        created_at timestamptz NOT NULL DEFAULT now(),
        CHECK ((kind = 'special') = (base_version_id IS NOT NULL AND licensee_id IS NOT NULL))
      );
      CREATE TABLE license_version (
        id uuid PRIMARY KEY,
        license_id uuid NOT NULL REFERENCES license,
        n integer NOT NULL CHECK (n > 0),
        body_sha256 text NOT NULL REFERENCES document (sha256),
        assent text NOT NULL CHECK (assent IN ('required', 'none')),
        coverage text NOT NULL CHECK (coverage IN ('organization', 'each-member')),
        channels text[] NOT NULL,
        attestations jsonb NOT NULL DEFAULT '[]',
        effective_from timestamptz NOT NULL,
        reacceptance text NOT NULL CHECK (reacceptance IN ('inform', 'by-date', 'at-once')),
        reaccept_from timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (license_id, n),
        CHECK ((reacceptance = 'inform') = (reaccept_from IS NULL))
      );
      ALTER TABLE license ADD CONSTRAINT license_base_version FOREIGN KEY (base_version_id) REFERENCES license_version;
      CREATE TABLE clause (
        license_version_id uuid NOT NULL REFERENCES license_version,
        n integer NOT NULL,
        kind text NOT NULL,
        parameters jsonb NOT NULL DEFAULT '{}',
        byte_start integer NOT NULL,
        byte_end integer NOT NULL,
        PRIMARY KEY (license_version_id, n),
        CHECK (0 <= byte_start AND byte_start < byte_end)
      );
      CREATE TABLE license_version_policy (
        license_version_id uuid NOT NULL REFERENCES license_version,
        policy_id uuid NOT NULL REFERENCES policy,
        PRIMARY KEY (license_version_id, policy_id)
      );

      CREATE TABLE agreement (
        id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{64}$'),
        license_version_id uuid NOT NULL REFERENCES license_version,
        content text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE agreement_policy (
        agreement_id text NOT NULL REFERENCES agreement,
        policy_id uuid NOT NULL REFERENCES policy,
        snapshot_id uuid NOT NULL REFERENCES snapshot,
        text_sha256 text NOT NULL REFERENCES document (sha256),
        PRIMARY KEY (agreement_id, policy_id)
      );
    `);
    for (const table of [
      'document',
      'capture',
      'snapshot_text',
      'license',
      'license_version',
      'clause',
      'license_version_policy',
      'agreement',
      'agreement_policy',
    ]) {
      await runner.query(
        `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
      );
    }
    // A snapshot's evidence never changes; that it becomes effective, and when, is decided later, once.
    await runner.query(`
      CREATE FUNCTION guard_snapshot() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND OLD.effective_from IS NULL
          AND (NEW.id, NEW.policy_id, NEW.capture_id, NEW.captured_at, NEW.raw_sha256)
            = (OLD.id, OLD.policy_id, OLD.capture_id, OLD.captured_at, OLD.raw_sha256) THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'snapshot is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
      END $$;
      CREATE TRIGGER snapshot_append_only BEFORE UPDATE OR DELETE ON snapshot FOR EACH ROW EXECUTE FUNCTION guard_snapshot();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
