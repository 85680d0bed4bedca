import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Snapshots of a policy in the order in which the archive walks them: no sorting is left to do. */
export class MementoOrder1764000000027 implements MigrationInterface {
  name = 'MementoOrder1764000000027';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX snapshot_memento ON snapshot (policy_id, effective_from, captured_at) WHERE effective_from IS NOT NULL;
      DROP INDEX snapshot_effective;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
