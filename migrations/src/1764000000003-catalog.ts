import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Models with their terms and forms, releases with their artifacts, and the roles that may be scoped to them. */
export class Catalog1764000000003 implements MigrationInterface {
  name = 'Catalog1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE model (
        id uuid PRIMARY KEY,
        publisher_id uuid NOT NULL REFERENCES publisher,
        slug text NOT NULL UNIQUE,
        title text NOT NULL,
        summary text NOT NULL DEFAULT '',
        openness jsonb NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE form_version (
        id uuid PRIMARY KEY,
        model_id uuid NOT NULL REFERENCES model,
        n integer NOT NULL CHECK (n > 0),
        fields jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (model_id, n)
      );
      CREATE TABLE access_terms (
        id uuid PRIMARY KEY,
        model_id uuid NOT NULL REFERENCES model,
        n integer NOT NULL CHECK (n > 0),
        admission text NOT NULL CHECK (admission IN ('application', 'assent', 'open')),
        license_id uuid NOT NULL REFERENCES license,
        form_version_id uuid REFERENCES form_version,
        prerequisites jsonb NOT NULL DEFAULT '[]',
        approvals integer NOT NULL CHECK (approvals IN (1, 2)),
        grant_days integer CHECK (grant_days > 0),
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (model_id, n)
      );
      CREATE TABLE release (
        id uuid PRIMARY KEY,
        model_id uuid NOT NULL REFERENCES model,
        name text NOT NULL,
        license_id uuid REFERENCES license,
        state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'published', 'withdrawn')),
        reason text,
        replacement_id uuid REFERENCES release,
        created_at timestamptz NOT NULL DEFAULT now(),
        published_at timestamptz,
        UNIQUE (model_id, name)
      );
      CREATE TABLE artifact (
        id uuid PRIMARY KEY,
        release_id uuid NOT NULL REFERENCES release,
        path text NOT NULL,
        size bigint NOT NULL CHECK (size >= 0),
        sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        media_type text NOT NULL,
        access text NOT NULL CHECK (access IN ('gated', 'public')),
        storage_key text NOT NULL,
        header jsonb,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX artifact_path ON artifact (release_id, path);
      CREATE UNIQUE INDEX artifact_path_folded ON artifact (release_id, lower(path));
      CREATE TABLE upload (
        id uuid PRIMARY KEY,
        release_id uuid NOT NULL REFERENCES release,
        path text NOT NULL,
        size bigint NOT NULL CHECK (size >= 0),
        access text NOT NULL CHECK (access IN ('gated', 'public')),
        account_id uuid NOT NULL REFERENCES account,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (release_id, path)
      );

      CREATE TABLE role_assignment (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES account,
        role text NOT NULL CHECK (role IN ('reviewer', 'publisher', 'auditor', 'admin')),
        scope text NOT NULL CHECK (scope IN ('portal', 'publisher', 'model')),
        publisher_id uuid REFERENCES publisher,
        model_id uuid REFERENCES model,
        valid_from timestamptz NOT NULL DEFAULT now(),
        valid_until timestamptz,
        CHECK ((scope = 'publisher') = (publisher_id IS NOT NULL)),
        CHECK ((scope = 'model') = (model_id IS NOT NULL))
      );
      CREATE INDEX role_assignment_account ON role_assignment (account_id);

      CREATE FUNCTION guard_artifact() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          IF (SELECT state FROM release WHERE id = NEW.release_id FOR SHARE) <> 'draft' THEN
            RAISE EXCEPTION 'a published release takes no further artifact' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END IF;
        IF TG_OP = 'DELETE' AND (SELECT state FROM release WHERE id = OLD.release_id) = 'draft' THEN
          RETURN OLD;
        END IF;
        RAISE EXCEPTION 'artifact is immutable: % refused', TG_OP USING ERRCODE = 'restrict_violation';
      END $$;
      CREATE TRIGGER artifact_immutable BEFORE INSERT OR UPDATE OR DELETE ON artifact FOR EACH ROW EXECUTE FUNCTION guard_artifact();
    `);
    for (const table of ['form_version', 'access_terms']) {
      await runner.query(
        `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
      );
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
