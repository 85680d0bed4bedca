import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How far transfers under way have come, for whoever runs them to watch. It is of the moment: a crash may lose all of it, so it is
 * not logged, and rows go with their transfer.
 */
export class TransferProgress1764000000031 implements MigrationInterface {
  name = 'TransferProgress1764000000031';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE transfer_progress (
        id uuid PRIMARY KEY,
        link_id uuid NOT NULL,
        path text NOT NULL,
        bytes bigint NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX transfer_progress_link ON transfer_progress (link_id);
      CREATE INDEX link_holder ON link (grant_id, holder_id, created_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
