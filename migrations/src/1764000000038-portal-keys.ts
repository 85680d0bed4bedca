import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The portal's keys, each sealed under its secret. What is sealed or derived for longer than a while says by which generation;
 * everything from before is of the first one, whose keys follow from the secret.
 */
export class PortalKeys1764000000038 implements MigrationInterface {
  name = 'PortalKeys1764000000038';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE portal_key (
        purpose text NOT NULL,
        n integer NOT NULL,
        material bytea NOT NULL,
        secret_id text NOT NULL,
        secret_since timestamptz NOT NULL DEFAULT now(),
        created_at timestamptz NOT NULL DEFAULT now(),
        accepted_until timestamptz,
        CONSTRAINT "PK_portal_key" PRIMARY KEY (purpose, n)
      );
      -- Keys that the configuration gives, by what names them: a change is an event.
      CREATE TABLE configured_key (
        name text NOT NULL,
        key_id text NOT NULL,
        since timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT "PK_configured_key" PRIMARY KEY (name)
      );
      ALTER TABLE person_key ADD COLUMN key_n integer NOT NULL DEFAULT 1;
      ALTER TABLE totp ADD COLUMN key_n integer NOT NULL DEFAULT 1;
      ALTER TABLE recovery_code ADD COLUMN key_n integer NOT NULL DEFAULT 1;
      ALTER TABLE webhook_endpoint ADD COLUMN key_n integer NOT NULL DEFAULT 1;
      ALTER TABLE passkey ADD COLUMN key_n integer NOT NULL DEFAULT 1;
      CREATE INDEX person_key_generation ON person_key (key_n);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
