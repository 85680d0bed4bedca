import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What transfers under way hold of a link's cap. A process that is killed gives nothing back by itself: by this another one
 * knows what it had not sent.
 */
export class LinkReservations1764000000034 implements MigrationInterface {
  name = 'LinkReservations1764000000034';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE link_reservation (
        id uuid PRIMARY KEY,
        link_id uuid NOT NULL,
        artifact_id uuid NOT NULL,
        bytes bigint NOT NULL CHECK (bytes > 0),
        sent bigint NOT NULL DEFAULT 0,
        at timestamptz NOT NULL DEFAULT now(),
        FOREIGN KEY (link_id, artifact_id) REFERENCES link_usage ON DELETE CASCADE
      );
      CREATE INDEX link_reservation_at ON link_reservation (at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
