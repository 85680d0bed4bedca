import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of passkeys: how much was taken with each, and those that look shared by a crowd. */
export class Swarms1764000000026 implements MigrationInterface {
  name = 'Swarms1764000000026';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Bytes. Clients announce the first two, which nobody can check; the other two were counted as they were sent from here.
      CREATE TABLE passkey_usage (
        passkey_id uuid PRIMARY KEY REFERENCES passkey,
        uploaded bigint NOT NULL DEFAULT 0,
        downloaded bigint NOT NULL DEFAULT 0,
        seeded bigint NOT NULL DEFAULT 0,
        webseeded bigint NOT NULL DEFAULT 0,
        completed integer NOT NULL DEFAULT 0,
        last_at timestamptz NOT NULL
      );

      ALTER TABLE sighting ADD COLUMN passkey_id uuid REFERENCES passkey;
      CREATE UNIQUE INDEX sighting_passkey_open ON sighting (passkey_id) WHERE closed_at IS NULL;
      CREATE INDEX sighting_listing ON sighting (created_at DESC, id DESC);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
