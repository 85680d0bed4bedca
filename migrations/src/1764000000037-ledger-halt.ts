import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why the log is not made longer, as the process says that found it: those that answer requests do not look for themselves. */
export class LedgerHalt1764000000037 implements MigrationInterface {
  name = 'LedgerHalt1764000000037';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ledger_halt (
        only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
        reason text NOT NULL,
        detail text NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
