import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The dated archive of policies: what each capture kept, who made a snapshot binding, timestamps over it, and what is yet to be announced. */
export class PolicyArchive1764000000014 implements MigrationInterface {
  name = 'PolicyArchive1764000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE policy
        ADD COLUMN next_capture_at timestamptz,
        ADD COLUMN standing_rule jsonb,
        ADD CONSTRAINT policy_schedule CHECK (schedule IN ('manual', 'hourly', 'daily', 'weekly'));
      CREATE INDEX policy_due ON policy (next_capture_at) WHERE next_capture_at IS NOT NULL;

      -- seen_id: the snapshot whose text a later capture found unchanged.
      ALTER TABLE capture
        ADD COLUMN raw_sha256 text REFERENCES document (sha256),
        ADD COLUMN warc_sha256 text CHECK (warc_sha256 ~ '^[0-9a-f]{64}$'),
        ADD COLUMN seen_id uuid REFERENCES snapshot,
        ADD COLUMN requested_by uuid REFERENCES account;

      ALTER TABLE snapshot
        ADD COLUMN pdf_sha256 text REFERENCES document (sha256),
        ADD COLUMN pdf_maker text,
        ADD COLUMN decided_by uuid REFERENCES account,
        ADD COLUMN dismissed_at timestamptz,
        ADD COLUMN dismiss_reason text,
        ADD CONSTRAINT snapshot_pdf CHECK ((pdf_sha256 IS NULL) = (pdf_maker IS NULL)),
        ADD CONSTRAINT snapshot_one_end CHECK (effective_from IS NULL OR dismissed_at IS NULL),
        ADD CONSTRAINT snapshot_dismissal CHECK ((dismissed_at IS NULL) = (dismiss_reason IS NULL));
      CREATE INDEX snapshot_captured ON snapshot (captured_at);
      CREATE UNIQUE INDEX snapshot_moment ON snapshot (policy_id, captured_at);
      CREATE INDEX snapshot_raw ON snapshot (raw_sha256);
      CREATE INDEX snapshot_pdf_bytes ON snapshot (pdf_sha256);
      CREATE INDEX snapshot_text_bytes ON snapshot_text (sha256);
      CREATE INDEX license_version_body ON license_version (body_sha256);

      CREATE OR REPLACE FUNCTION guard_snapshot() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND OLD.effective_from IS NULL AND OLD.dismissed_at IS NULL
          AND (NEW.id, NEW.policy_id, NEW.capture_id, NEW.captured_at, NEW.raw_sha256, NEW.pdf_sha256, NEW.pdf_maker)
            IS NOT DISTINCT FROM (OLD.id, OLD.policy_id, OLD.capture_id, OLD.captured_at, OLD.raw_sha256, OLD.pdf_sha256, OLD.pdf_maker) THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'snapshot is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
      END $$;

      -- RFC 3161 tokens over a snapshot's raw bytes.
      CREATE TABLE snapshot_timestamp (
        snapshot_id uuid NOT NULL REFERENCES snapshot,
        authority text NOT NULL,
        token bytea NOT NULL,
        stamped_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (snapshot_id, authority)
      );
      CREATE TRIGGER snapshot_timestamp_append_only BEFORE UPDATE OR DELETE ON snapshot_timestamp
        FOR EACH ROW EXECUTE FUNCTION refuse_change();

      -- A text that will bind, and how far licensees have been told of it. Grants are told in the order of their ids.
      CREATE TABLE text_announcement (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('snapshot', 'license-version')),
        subject_id uuid NOT NULL UNIQUE,
        told_up_to uuid,
        done_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX text_announcement_open ON text_announcement (id) WHERE done_at IS NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
