import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What grants ask of people as time passes: reminders, use statements, deletion statements, and another look when facts change. */
export class Renewals1764000000012 implements MigrationInterface {
  name = 'Renewals1764000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What the licensee did with the weights so far; sealed, for it speaks of a person's work.
      ALTER TABLE access_request ADD COLUMN statement_id uuid REFERENCES sealed_record;

      -- One letter of a kind for one end: writing the row is sending it.
      CREATE TABLE grant_reminder (
        grant_id uuid NOT NULL REFERENCES access_grant,
        kind text NOT NULL,
        for_end timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (grant_id, kind, for_end)
      );

      CREATE TABLE deletion_statement (
        grant_id uuid PRIMARY KEY REFERENCES access_grant,
        cause text NOT NULL CHECK (cause IN ('expired', 'revoked')),
        asked_at timestamptz NOT NULL DEFAULT now(),
        due_at timestamptz NOT NULL,
        stated_at timestamptz,
        stated_by uuid REFERENCES account,
        sealed_id uuid REFERENCES sealed_record,
        CHECK ((stated_at IS NULL) = (stated_by IS NULL AND sealed_id IS NULL))
      );
      CREATE INDEX deletion_statement_outstanding ON deletion_statement (due_at) WHERE stated_at IS NULL;

      CREATE TABLE grant_review (
        id uuid PRIMARY KEY,
        grant_id uuid NOT NULL REFERENCES access_grant,
        cause text NOT NULL CHECK (cause IN ('email-changed', 'affiliation-changed')),
        opened_at timestamptz NOT NULL DEFAULT now(),
        closed_at timestamptz,
        closed_by uuid REFERENCES account,
        note text,
        CHECK ((closed_at IS NULL) = (closed_by IS NULL))
      );
      CREATE UNIQUE INDEX grant_review_open ON grant_review (grant_id, cause) WHERE closed_at IS NULL;
      CREATE INDEX grant_period_end ON grant_period (valid_until);
      CREATE INDEX access_grant_revoked ON access_grant (ended_at) WHERE ended_by IS NOT NULL;
      CREATE INDEX access_grant_waiting ON access_grant (pending_until) WHERE acceptance_id IS NULL AND ended_at IS NULL;

      -- A new address counts once it is confirmed.
      ALTER TABLE single_use_link DROP CONSTRAINT single_use_link_kind_check;
      ALTER TABLE single_use_link ADD CONSTRAINT single_use_link_kind_check
        CHECK (kind IN ('verify-email', 'reset-password', 'first-administrator', 'change-email'));
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
