import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, what is sealed about them, organizations, roles, sessions, tokens and mail. */
export class Accounts1764000000001 implements MigrationInterface {
  name = 'Accounts1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
      END $$;

      CREATE TABLE account (
        id uuid PRIMARY KEY,
        password_hash text,
        verified_at timestamptz,
        erased_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now()
      );

      -- The plain search fields of a person; erasure nulls them.
      CREATE TABLE person (
        account_id uuid PRIMARY KEY REFERENCES account,
        email text,
        name text,
        organization text,
        country text
      );
      CREATE UNIQUE INDEX person_email ON person (lower(email));

      -- The key of one person's sealed data, itself encrypted; destroying the row unseals nothing ever again.
      CREATE TABLE person_key (
        account_id uuid PRIMARY KEY REFERENCES account,
        wrapped_key bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE sealed_record (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES account,
        kind text NOT NULL CHECK (kind IN ('acceptance', 'answers', 'request-origin')),
        nonce bytea NOT NULL,
        ciphertext bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE organization (
        id uuid PRIMARY KEY,
        legal_name text NOT NULL,
        country text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE organization_domain (
        organization_id uuid NOT NULL REFERENCES organization,
        domain text NOT NULL,
        verified_at timestamptz,
        PRIMARY KEY (organization_id, domain)
      );
      CREATE TABLE membership (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organization,
        account_id uuid NOT NULL REFERENCES account,
        role text NOT NULL CHECK (role IN ('member', 'officer')),
        valid_from timestamptz NOT NULL DEFAULT now(),
        valid_until timestamptz
      );
      CREATE UNIQUE INDEX membership_open ON membership (organization_id, account_id) WHERE valid_until IS NULL;
      CREATE INDEX membership_account ON membership (account_id);

      CREATE TABLE licensee (
        id uuid PRIMARY KEY,
        account_id uuid UNIQUE REFERENCES account,
        organization_id uuid UNIQUE REFERENCES organization,
        CHECK (num_nonnulls(account_id, organization_id) = 1)
      );

      CREATE TABLE service_seat (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organization,
        custodian_id uuid NOT NULL REFERENCES membership,
        name text NOT NULL,
        scopes text[] NOT NULL,
        token_hash bytea NOT NULL UNIQUE,
        expires_at timestamptz,
        ended_at timestamptz,
        last_used_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now()
      );

      -- Whoever a link, passkey or token was handed to.
      CREATE TABLE holder (
        id uuid PRIMARY KEY,
        account_id uuid UNIQUE REFERENCES account,
        seat_id uuid UNIQUE REFERENCES service_seat,
        CHECK (num_nonnulls(account_id, seat_id) = 1)
      );

      CREATE TABLE publisher (
        id uuid PRIMARY KEY,
        slug text NOT NULL UNIQUE,
        legal_name text NOT NULL,
        domain text,
        created_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE session (
        token_hash bytea PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES account,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX session_account ON session (account_id);

      CREATE TABLE access_token (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES account,
        licensee_id uuid REFERENCES licensee,
        name text NOT NULL,
        token_hash bytea NOT NULL UNIQUE,
        scopes text[] NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz,
        revoked_at timestamptz
      );
      CREATE INDEX access_token_account ON access_token (account_id);

      CREATE TABLE single_use_link (
        token_hash bytea PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('verify-email', 'reset-password', 'first-administrator')),
        account_id uuid REFERENCES account,
        email text,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      );

      -- Failed attempts per subject (a hash of e-mail or address) in a sliding window.
      CREATE TABLE attempt (
        subject text PRIMARY KEY,
        failures integer NOT NULL,
        window_ends timestamptz NOT NULL
      );

      CREATE TABLE mail (
        id uuid PRIMARY KEY,
        account_id uuid REFERENCES account,
        recipient text NOT NULL,
        subject text NOT NULL,
        body text NOT NULL,
        state text NOT NULL DEFAULT 'kept' CHECK (state IN ('kept', 'sent', 'failed')),
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX mail_recipient ON mail (recipient, created_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
