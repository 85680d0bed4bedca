import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What models ask of people before they get access: evidence of it, quizzes, and referees. */
export class Prerequisites1764000000013 implements MigrationInterface {
  name = 'Prerequisites1764000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Of a quiz passed or a referee's confirmation: for which model, and which quiz or referee it was.
      ALTER TABLE prerequisite_evidence ADD COLUMN model_id uuid REFERENCES model, ADD COLUMN detail jsonb NOT NULL DEFAULT '{}';
      CREATE INDEX prerequisite_evidence_model ON prerequisite_evidence (model_id, account_id) WHERE model_id IS NOT NULL;

      -- A grant stays under the terms that it was given under; grants from before ask for nothing.
      ALTER TABLE access_grant ADD COLUMN terms_id uuid REFERENCES access_terms;

      -- As the provider was when it proved the identity.
      ALTER TABLE identity ADD COLUMN kind text NOT NULL DEFAULT 'generic' CHECK (kind IN ('generic', 'orcid'));
      UPDATE identity i SET kind = 'orcid' WHERE subject ~ '^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$'
        AND EXISTS (SELECT FROM prerequisite_evidence e WHERE e.account_id = i.account_id AND e.kind = 'orcid');

      -- The answers stand apart from the questions, so that reading a quiz to somebody does not read them.
      CREATE TABLE quiz_version (
        id uuid PRIMARY KEY,
        model_id uuid NOT NULL REFERENCES model,
        n integer NOT NULL CHECK (n > 0),
        questions jsonb NOT NULL,
        answer_key jsonb NOT NULL,
        pass double precision NOT NULL CHECK (pass > 0 AND pass <= 1),
        created_by uuid NOT NULL REFERENCES account,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (model_id, n)
      );
      CREATE TABLE quiz_attempt (
        id uuid PRIMARY KEY,
        quiz_version_id uuid NOT NULL REFERENCES quiz_version,
        model_id uuid NOT NULL REFERENCES model,
        account_id uuid NOT NULL REFERENCES account,
        passed boolean NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX quiz_attempt_account ON quiz_attempt (account_id, model_id, created_at);

      -- Name, address and words of a referee are sealed under the applicant's key.
      ALTER TABLE sealed_record DROP CONSTRAINT sealed_record_kind_check;
      ALTER TABLE sealed_record ADD CONSTRAINT sealed_record_kind_check
        CHECK (kind IN ('acceptance', 'answers', 'request-origin', 'note', 'statement', 'referee'));
      CREATE TABLE referee (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES account,
        model_id uuid NOT NULL REFERENCES model,
        sealed_id uuid NOT NULL REFERENCES sealed_record,
        -- The mail domain alone, which reviewers see.
        domain text NOT NULL,
        token_hash bytea NOT NULL UNIQUE,
        mails integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        withdrawn_at timestamptz,
        answered_at timestamptz,
        confirmed boolean,
        answer_id uuid REFERENCES sealed_record,
        CHECK ((answered_at IS NULL) = (confirmed IS NULL)),
        CHECK (num_nonnulls(withdrawn_at, answered_at) <= 1)
      );
      CREATE UNIQUE INDEX referee_outstanding ON referee (account_id, model_id) WHERE withdrawn_at IS NULL AND answered_at IS NULL;
      CREATE INDEX referee_account ON referee (account_id, created_at DESC);
    `);
    for (const table of ['quiz_version', 'quiz_attempt']) {
      await runner.query(
        `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
      );
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
