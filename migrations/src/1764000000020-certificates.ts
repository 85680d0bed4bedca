import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Certificates that wait for the checkpoint that covers their acceptance, and what letters carry with them. */
export class Certificates1764000000020 implements MigrationInterface {
  name = 'Certificates1764000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A row with no time is due: its certificate has yet to be mailed.
      CREATE TABLE certificate_letter (
        acceptance_id uuid PRIMARY KEY REFERENCES acceptance,
        told_at timestamptz
      );
      CREATE INDEX certificate_letter_due ON certificate_letter (acceptance_id) WHERE told_at IS NULL;

      -- Texts that bind are named by their digest; what is personal stands here, and nowhere once it was sent.
      CREATE TABLE mail_attachment (
        mail_id uuid NOT NULL REFERENCES mail,
        n integer NOT NULL,
        name text NOT NULL,
        media_type text NOT NULL,
        sha256 text REFERENCES document,
        bytes bytea,
        PRIMARY KEY (mail_id, n),
        CHECK (sha256 IS NULL OR bytes IS NULL)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
