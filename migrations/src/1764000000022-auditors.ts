import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Views that auditors keep, which auditors may open what is sealed, and roles that wait for their person to sign up. */
export class Auditors1764000000022 implements MigrationInterface {
  name = 'Auditors1764000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE role_assignment ADD COLUMN opens_sealed boolean NOT NULL DEFAULT false;

      CREATE TABLE saved_view (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES account,
        name text NOT NULL,
        kind text NOT NULL,
        filters jsonb NOT NULL,
        shared boolean NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX saved_view_account ON saved_view (account_id, created_at DESC, id DESC);
      CREATE INDEX saved_view_shared ON saved_view (created_at DESC, id DESC) WHERE shared;

      -- Taken up by whoever confirms the address. The e-mail is somebody's personal data; it is cleared when the invitation ends.
      CREATE TABLE role_invitation (
        id uuid PRIMARY KEY,
        email text,
        role text NOT NULL CHECK (role = 'auditor'),
        scope text NOT NULL CHECK (scope IN ('portal', 'publisher', 'model')),
        publisher_id uuid REFERENCES publisher,
        model_id uuid REFERENCES model,
        opens_sealed boolean NOT NULL,
        valid_until timestamptz NOT NULL,
        invited_by uuid NOT NULL REFERENCES account,
        created_at timestamptz NOT NULL DEFAULT now(),
        ended_at timestamptz,
        assignment_id uuid UNIQUE REFERENCES role_assignment,
        CHECK ((scope = 'publisher') = (publisher_id IS NOT NULL)),
        CHECK ((scope = 'model') = (model_id IS NOT NULL)),
        CHECK ((ended_at IS NULL) = (email IS NOT NULL))
      );
      CREATE INDEX role_invitation_open ON role_invitation (lower(email)) WHERE ended_at IS NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
