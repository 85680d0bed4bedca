import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What makes a transparency log of the ledger's entries: signed checkpoints, witnesses' cosignatures, and the log's keys. */
export class TransparencyLog1764000000018 implements MigrationInterface {
  name = 'TransparencyLog1764000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Of the transaction that wrote the entry: below the oldest one under way, every entry is either visible or will never be.
      ALTER TABLE ledger_entry ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
      CREATE INDEX ledger_entry_xid ON ledger_entry (xid);

      -- Entry and salt are written by one statement, and no entry is ever deleted: there is nothing to look up again at each append.
      ALTER TABLE ledger_salt DROP CONSTRAINT ledger_salt_entry_id_fkey;

      -- Written with the indexes of the entries that it covers, or not at all. One a size: no two can differ.
      CREATE TABLE checkpoint (
        size bigint PRIMARY KEY CHECK (size >= 0),
        root bytea NOT NULL CHECK (length(root) = 32),
        note text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE cosignature (
        size bigint NOT NULL REFERENCES checkpoint,
        vkey text NOT NULL,
        line text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (size, vkey)
      );
      CREATE TABLE ledger_key (
        vkey text PRIMARY KEY,
        began_at timestamptz NOT NULL DEFAULT now(),
        ended_at timestamptz CHECK (ended_at >= began_at)
      );
    `);
    for (const table of ['checkpoint', 'cosignature']) {
      await runner.query(
        `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
      );
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
