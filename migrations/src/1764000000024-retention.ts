import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long records of a kind are kept, and what holds that up. */
export class Retention1764000000024 implements MigrationInterface {
  name = 'Retention1764000000024';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Where there is none of a kind, the code's own default holds. Null days: kept without end.
      CREATE TABLE retention_rule (
        kind text NOT NULL,
        publisher_id uuid REFERENCES publisher,
        days integer CHECK (days >= 0),
        set_by uuid NOT NULL REFERENCES account,
        set_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT retention_rule_once UNIQUE NULLS NOT DISTINCT (kind, publisher_id)
      );

      CREATE TABLE legal_hold (
        id uuid PRIMARY KEY,
        scope text NOT NULL CHECK (scope IN ('account', 'licensee', 'publisher')),
        subject_id uuid NOT NULL,
        reason text NOT NULL,
        set_by uuid NOT NULL REFERENCES account,
        set_at timestamptz NOT NULL DEFAULT now(),
        lifted_by uuid REFERENCES account,
        lifted_at timestamptz,
        lift_reason text,
        CHECK ((lifted_at IS NULL) = (lifted_by IS NULL AND lift_reason IS NULL))
      );
      CREATE INDEX legal_hold_open ON legal_hold (subject_id) WHERE lifted_at IS NULL;
      CREATE INDEX legal_hold_listing ON legal_hold (set_at DESC, id DESC);

      -- What the sweep looks through.
      CREATE INDEX mail_kept ON mail (created_at) WHERE erased_at IS NULL;
      CREATE INDEX access_request_updated ON access_request (updated_at) WHERE state IN ('draft', 'rejected', 'withdrawn', 'no-longer-needed');
      CREATE INDEX presentation_ended ON presentation (expires_at) WHERE answers_id IS NOT NULL AND state NOT IN ('accepted', 'declined');
      CREATE INDEX session_origin ON session (created_at) WHERE origin IS NOT NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
