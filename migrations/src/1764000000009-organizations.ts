import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Invitations, what memberships and seats may never become, verified domains, and members' acceptances that join. */
export class Organizations1764000000009 implements MigrationInterface {
  name = 'Organizations1764000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Since when the member has this role: the longest-serving officer is the one whose row is the oldest by it.
      ALTER TABLE membership ADD COLUMN role_since timestamptz;
      UPDATE membership SET role_since = valid_from;
      ALTER TABLE membership ALTER COLUMN role_since SET DEFAULT now(), ALTER COLUMN role_since SET NOT NULL,
        ADD COLUMN ended_by uuid REFERENCES account, ADD COLUMN end_reason text;
      CREATE INDEX membership_organization ON membership (organization_id) WHERE valid_until IS NULL;
      CREATE INDEX service_seat_organization ON service_seat (organization_id);
      CREATE INDEX service_seat_custodian ON service_seat (custodian_id) WHERE ended_at IS NULL;

      CREATE FUNCTION guard_membership() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND OLD.valid_until IS NULL
          AND (NEW.id, NEW.organization_id, NEW.account_id, NEW.valid_from) = (OLD.id, OLD.organization_id, OLD.account_id, OLD.valid_from) THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a membership keeps its pair and is never reopened: % refused', TG_OP USING ERRCODE = 'restrict_violation';
      END $$;
      CREATE TRIGGER membership_once BEFORE UPDATE OR DELETE ON membership FOR EACH ROW EXECUTE FUNCTION guard_membership();

      CREATE FUNCTION guard_service_seat() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL AND NEW.expires_at IS NOT DISTINCT FROM OLD.expires_at
          AND (NEW.id, NEW.organization_id, NEW.token_hash, NEW.scopes) = (OLD.id, OLD.organization_id, OLD.token_hash, OLD.scopes) THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a seat keeps its token and scopes and is never reopened: % refused', TG_OP USING ERRCODE = 'restrict_violation';
      END $$;
      CREATE TRIGGER service_seat_once BEFORE UPDATE OR DELETE ON service_seat FOR EACH ROW EXECUTE FUNCTION guard_service_seat();

      -- The e-mail is somebody's personal data; it is cleared when the invitation ends.
      CREATE TABLE invitation (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organization,
        email text,
        role text NOT NULL CHECK (role IN ('member', 'officer')),
        token_hash bytea NOT NULL UNIQUE,
        invited_by uuid NOT NULL REFERENCES membership,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        withdrawn_at timestamptz,
        accepted_at timestamptz,
        membership_id uuid UNIQUE REFERENCES membership,
        CHECK ((accepted_at IS NULL) = (membership_id IS NULL)),
        CHECK (num_nonnulls(accepted_at, withdrawn_at) <= 1)
      );
      CREATE UNIQUE INDEX invitation_open ON invitation (organization_id, lower(email)) WHERE email IS NOT NULL;
      CREATE INDEX invitation_organization ON invitation (organization_id, created_at DESC, id DESC);

      ALTER TABLE organization_domain ADD COLUMN method text CHECK (method IN ('officer-mail', 'administrator')),
        ADD COLUMN verified_by uuid REFERENCES account, ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
      CREATE INDEX organization_domain_verified ON organization_domain (domain) WHERE verified_at IS NOT NULL;

      -- Set where a member answers for themselves alone: the organization's acceptance that theirs would join.
      ALTER TABLE presentation ADD COLUMN joins_id uuid REFERENCES acceptance;
      CREATE INDEX acceptance_joins ON acceptance (joins_id, signer_id) WHERE joins_id IS NOT NULL;

      -- A seat repeats its requests too.
      ALTER TABLE idempotent_answer DROP CONSTRAINT idempotent_answer_account_id_fkey;
      ALTER TABLE idempotent_answer RENAME COLUMN account_id TO caller_id;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
