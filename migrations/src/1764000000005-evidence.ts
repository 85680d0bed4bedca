import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ledger entries with their salts, events, and remembered answers to Idempotency-Keys. */
export class Evidence1764000000005 implements MigrationInterface {
  name = 'Evidence1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ledger_entry (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        subject_id uuid NOT NULL,
        entry bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX ledger_entry_subject ON ledger_entry (subject_id);
      -- Kept apart from the entries, so that destroying a salt cuts the tie between entry and fact.
      CREATE TABLE ledger_salt (
        entry_id uuid PRIMARY KEY REFERENCES ledger_entry,
        salt bytea NOT NULL CHECK (length(salt) = 16)
      );
      CREATE TABLE entry_index (
        entry_id uuid PRIMARY KEY REFERENCES ledger_entry,
        index bigint NOT NULL UNIQUE CHECK (index >= 0)
      );

      CREATE TABLE event (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        request_id text NOT NULL,
        actor_id uuid,
        holder_id uuid,
        subject_id uuid,
        model_id uuid,
        code text,
        detail jsonb NOT NULL DEFAULT '{}'
      );
      CREATE INDEX event_subject ON event (subject_id, at);
      CREATE INDEX event_at ON event (at DESC, id DESC);

      CREATE TABLE idempotent_answer (
        account_id uuid NOT NULL REFERENCES account,
        key text NOT NULL,
        request_hash text NOT NULL,
        status integer,
        body text,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (account_id, key)
      );
    `);
    for (const table of ['ledger_entry', 'entry_index', 'event']) {
      await runner.query(
        `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
      );
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
