import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules that decide, the dry runs that came before, when they were switched on and off; and who is shut out. */
export class Rules1764000000011 implements MigrationInterface {
  name = 'Rules1764000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rule_version (
        id uuid PRIMARY KEY,
        model_id uuid NOT NULL REFERENCES model,
        n integer NOT NULL CHECK (n > 0),
        rules jsonb NOT NULL,
        created_by uuid NOT NULL REFERENCES account,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (model_id, n)
      );
      CREATE TABLE rule_dry_run (
        id uuid PRIMARY KEY,
        rule_version_id uuid NOT NULL REFERENCES rule_version,
        account_id uuid NOT NULL REFERENCES account,
        outcome jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX rule_dry_run_version ON rule_dry_run (rule_version_id);
      -- The latest row of a model holds; null means that people decide alone.
      CREATE TABLE rule_switch (
        id uuid PRIMARY KEY,
        model_id uuid NOT NULL REFERENCES model,
        rule_version_id uuid REFERENCES rule_version,
        account_id uuid NOT NULL REFERENCES account,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE INDEX rule_switch_model ON rule_switch (model_id, created_at DESC);

      -- Of one publisher, or of the whole portal.
      CREATE TABLE block (
        id uuid PRIMARY KEY,
        publisher_id uuid REFERENCES publisher,
        kind text NOT NULL CHECK (kind IN ('person', 'domain')),
        value text NOT NULL,
        account_id uuid REFERENCES account,
        reason text NOT NULL,
        created_by uuid NOT NULL REFERENCES account,
        created_at timestamptz NOT NULL DEFAULT now(),
        valid_until timestamptz,
        lifted_at timestamptz,
        lifted_by uuid REFERENCES account
      );
      CREATE INDEX block_value ON block (value) WHERE lifted_at IS NULL;
      CREATE INDEX person_mail_domain ON person (lower(split_part(email, '@', 2)));
    `);
    for (const table of ['rule_version', 'rule_dry_run', 'rule_switch']) {
      await runner.query(
        `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
      );
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
