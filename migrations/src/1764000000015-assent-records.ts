import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a browser said that a person did with a presentation, and licenses that are accepted on the portal's page alone. */
export class AssentRecords1764000000015 implements MigrationInterface {
  name = 'AssentRecords1764000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE license_version ADD COLUMN surface text NOT NULL DEFAULT 'any' CHECK (surface IN ('any', 'page'));

      CREATE TABLE presentation_observation (
        id uuid PRIMARY KEY,
        presentation_id uuid NOT NULL REFERENCES presentation,
        kind text NOT NULL CHECK (kind IN ('opened', 'scrolled-to-end', 'checked', 'unchecked')),
        subject text NOT NULL,
        reported_by text NOT NULL CHECK (reported_by IN ('browser')),
        browser_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL
      );
      CREATE INDEX presentation_observation_of ON presentation_observation (presentation_id, id);
      CREATE TRIGGER presentation_observation_append_only BEFORE UPDATE OR DELETE ON presentation_observation
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
