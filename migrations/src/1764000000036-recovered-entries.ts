import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An entry that was taken back from the published log has lost its fact, and with it its subject. An entry with which a log goes on
 * in place of another one never had one.
 */
export class RecoveredEntries1764000000036 implements MigrationInterface {
  name = 'RecoveredEntries1764000000036';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ledger_entry ALTER COLUMN subject_id DROP NOT NULL;
      -- Few, and asked for with each evidence.
      CREATE INDEX ledger_entry_succession ON ledger_entry (id) WHERE kind = 'succession';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
