import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Grants that one under a special license replaced, and the SPDX identifier of a license's text. */
export class SpecialLicenses1764000000019 implements MigrationInterface {
  name = 'SpecialLicenses1764000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access_grant ADD COLUMN replaced_by uuid REFERENCES access_grant
        CONSTRAINT access_grant_replaced_has_ended CHECK (replaced_by IS NULL OR ended_at IS NOT NULL);
      CREATE INDEX license_special ON license (licensee_id) WHERE kind = 'special';
      ALTER TABLE license_version ADD COLUMN spdx text;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
