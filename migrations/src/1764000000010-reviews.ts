import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who looks at a request, what reviewers write to one another, and the reasons that they reuse. */
export class Reviews1764000000010 implements MigrationInterface {
  name = 'Reviews1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access_request ADD COLUMN assigned_to uuid REFERENCES account;
      CREATE INDEX access_request_awaiting ON access_request (submitted_at, id) WHERE state IN ('submitted', 'in-review', 'appealed');
      CREATE INDEX access_request_model_awaiting ON access_request (model_id, submitted_at, id) WHERE state IN ('submitted', 'in-review', 'appealed');
      CREATE INDEX access_request_newest ON access_request (submitted_at DESC, id DESC) WHERE state <> 'draft';
      CREATE INDEX access_request_licensee ON access_request (licensee_id);
      CREATE INDEX access_grant_request ON access_grant (request_id);

      -- Notes speak of a person, so they are sealed under that person's key.
      ALTER TABLE sealed_record DROP CONSTRAINT sealed_record_kind_check;
      ALTER TABLE sealed_record ADD CONSTRAINT sealed_record_kind_check
        CHECK (kind IN ('acceptance', 'answers', 'request-origin', 'note', 'statement'));
      CREATE TABLE review_note (
        id uuid PRIMARY KEY,
        request_id uuid NOT NULL REFERENCES access_request,
        account_id uuid NOT NULL REFERENCES account,
        sealed_id uuid NOT NULL REFERENCES sealed_record,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX review_note_request ON review_note (request_id, created_at);
      CREATE TRIGGER review_note_append_only BEFORE UPDATE OR DELETE ON review_note FOR EACH ROW EXECUTE FUNCTION refuse_change();

      CREATE TABLE reason_template (
        id uuid PRIMARY KEY,
        publisher_id uuid NOT NULL REFERENCES publisher,
        outcome text NOT NULL CHECK (outcome IN ('approve', 'reject', 'return')),
        title text NOT NULL,
        reason text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        ended_at timestamptz
      );
      CREATE INDEX reason_template_publisher ON reason_template (publisher_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
