import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runtime images: their blobs, the manifests that reference them, and the tags that name these. */
export class Runtimes1764000000028 implements MigrationInterface {
  name = 'Runtimes1764000000028';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE DOMAIN oci_digest AS text CHECK (VALUE ~ '^sha256:[0-9a-f]{64}$');

      CREATE TABLE runtime (
        id uuid PRIMARY KEY,
        publisher_id uuid NOT NULL REFERENCES publisher,
        name text NOT NULL,
        access text NOT NULL CHECK (access IN ('public', 'licensees')),
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (publisher_id, name)
      );

      -- Of a publisher, not of the portal: who knows a digest could otherwise name another publisher's bytes as their own.
      CREATE TABLE blob (
        publisher_id uuid NOT NULL REFERENCES publisher,
        digest oci_digest NOT NULL,
        size bigint NOT NULL CHECK (size >= 0),
        storage_key text NOT NULL UNIQUE,
        used_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (publisher_id, digest)
      );
      CREATE INDEX blob_used ON blob (used_at);
      CREATE TABLE blob_upload (
        id uuid PRIMARY KEY,
        publisher_id uuid NOT NULL REFERENCES publisher,
        digest oci_digest NOT NULL,
        size bigint NOT NULL CHECK (size >= 0),
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (publisher_id, digest)
      );
      -- Objects that nothing names any more and that are yet to be deleted.
      CREATE TABLE garbage_object (
        storage_key text PRIMARY KEY,
        created_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE runtime_manifest (
        runtime_id uuid NOT NULL REFERENCES runtime,
        digest oci_digest NOT NULL,
        media_type text NOT NULL,
        artifact_type text,
        annotations jsonb,
        subject oci_digest,
        body bytea NOT NULL CHECK (length(body) <= 4194304),
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (runtime_id, digest)
      );
      CREATE INDEX runtime_manifest_subject ON runtime_manifest (runtime_id, subject);
      CREATE TABLE runtime_manifest_blob (
        runtime_id uuid NOT NULL,
        manifest oci_digest NOT NULL,
        publisher_id uuid NOT NULL,
        digest oci_digest NOT NULL,
        PRIMARY KEY (runtime_id, digest, manifest),
        FOREIGN KEY (runtime_id, manifest) REFERENCES runtime_manifest ON DELETE CASCADE,
        FOREIGN KEY (publisher_id, digest) REFERENCES blob
      );
      CREATE INDEX runtime_manifest_blob_blob ON runtime_manifest_blob (publisher_id, digest);
      CREATE INDEX runtime_manifest_blob_manifest ON runtime_manifest_blob (runtime_id, manifest);
      CREATE TABLE runtime_manifest_child (
        runtime_id uuid NOT NULL,
        manifest oci_digest NOT NULL,
        child oci_digest NOT NULL,
        PRIMARY KEY (runtime_id, manifest, child),
        FOREIGN KEY (runtime_id, manifest) REFERENCES runtime_manifest ON DELETE CASCADE,
        FOREIGN KEY (runtime_id, child) REFERENCES runtime_manifest
      );
      CREATE INDEX runtime_manifest_child_child ON runtime_manifest_child (runtime_id, child);
      CREATE TABLE runtime_tag (
        runtime_id uuid NOT NULL,
        name text COLLATE "C" NOT NULL,
        digest oci_digest NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (runtime_id, name),
        FOREIGN KEY (runtime_id, digest) REFERENCES runtime_manifest
      );
      CREATE INDEX runtime_tag_digest ON runtime_tag (runtime_id, digest);

      -- A model and a runtime of one publisher are repositories of one registry: one name is one of them.
      CREATE FUNCTION guard_repository_name() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE taken boolean;
      BEGIN
        IF TG_TABLE_NAME = 'model' THEN
          PERFORM pg_advisory_xact_lock(hashtextextended('repository ' || NEW.publisher_id || ' ' || NEW.slug, 0));
          SELECT EXISTS (SELECT FROM runtime WHERE publisher_id = NEW.publisher_id AND name = NEW.slug) INTO taken;
        ELSE
          PERFORM pg_advisory_xact_lock(hashtextextended('repository ' || NEW.publisher_id || ' ' || NEW.name, 0));
          SELECT EXISTS (SELECT FROM model WHERE publisher_id = NEW.publisher_id AND slug = NEW.name) INTO taken;
        END IF;
        IF taken THEN
          RAISE EXCEPTION 'the publisher has a repository of this name' USING ERRCODE = 'unique_violation', CONSTRAINT = 'repository_name';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER model_repository_name BEFORE INSERT ON model FOR EACH ROW EXECUTE FUNCTION guard_repository_name();
      CREATE TRIGGER runtime_repository_name BEFORE INSERT ON runtime FOR EACH ROW EXECUTE FUNCTION guard_repository_name();

      -- Pulls are downloads too.
      DROP INDEX event_download;
      CREATE INDEX event_download ON event (at DESC, id DESC) WHERE kind ~ '^(link|download|torrent|pull)-';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
