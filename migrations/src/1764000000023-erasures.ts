import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Erasures of people, step by step, and what of the older tables stood in their way. */
export class Erasures1764000000023 implements MigrationInterface {
  name = 'Erasures1764000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Opaque ids and times alone: this row outlives everything else that is known of the person.
      CREATE TABLE erasure (
        account_id uuid PRIMARY KEY REFERENCES account,
        state text NOT NULL DEFAULT 'requested' CHECK (state IN ('requested', 'ended', 'minimum-kept', 'erased')),
        requested_at timestamptz NOT NULL DEFAULT now(),
        -- Written to the list in the store.
        listed_at timestamptz,
        ended_at timestamptz,
        minimum_at timestamptz,
        erased_at timestamptz,
        -- When to look next whether the minimum may go.
        check_at timestamptz NOT NULL DEFAULT now(),
        -- What the person is told; their address is destroyed once it has left.
        letter_id uuid REFERENCES mail
      );
      CREATE INDEX erasure_due ON erasure (check_at) WHERE state <> 'erased';
      CREATE INDEX erasure_unlisted ON erasure (requested_at) WHERE listed_at IS NULL;
      CREATE INDEX erasure_listing ON erasure (requested_at DESC, account_id DESC);

      CREATE FUNCTION guard_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE steps constant text[] := ARRAY['requested', 'ended', 'minimum-kept', 'erased'];
      BEGIN
        IF TG_OP = 'UPDATE' AND array_position(steps, NEW.state) >= array_position(steps, OLD.state)
          AND (NEW.account_id, NEW.requested_at) = (OLD.account_id, OLD.requested_at) THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'an erasure never goes back: % refused', TG_OP USING ERRCODE = 'restrict_violation';
      END $$;
      CREATE TRIGGER erasure_forward BEFORE UPDATE OR DELETE ON erasure FOR EACH ROW EXECUTE FUNCTION guard_erasure();

      -- Once set, nonce and ciphertext are empty.
      ALTER TABLE sealed_record ADD COLUMN erased_at timestamptz;
      CREATE INDEX sealed_record_account ON sealed_record (account_id) WHERE erased_at IS NULL;

      -- Whom a letter to somebody else names.
      ALTER TABLE mail ADD COLUMN about_id uuid REFERENCES account, ADD COLUMN erased_at timestamptz;
      CREATE INDEX mail_account ON mail (account_id) WHERE erased_at IS NULL;
      CREATE INDEX mail_about ON mail (about_id) WHERE about_id IS NOT NULL AND erased_at IS NULL;

      -- A plain hash of the typed name let anybody with the row try names against it. The sealed record says the same.
      ALTER TABLE acceptance ALTER COLUMN assent_hash SET DEFAULT '';
      ALTER TABLE acceptance DISABLE TRIGGER acceptance_append_only;
      UPDATE acceptance SET assent_hash = '';
      ALTER TABLE acceptance ENABLE TRIGGER acceptance_append_only;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
