import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Identities at OpenID providers, second factors, and sessions that know how their person signed in. */
export class SignIn1764000000007 implements MigrationInterface {
  name = 'SignIn1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE session
        ADD COLUMN id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
        ADD COLUMN state text NOT NULL DEFAULT 'signed-in' CHECK (state IN ('second-factor-required', 'signed-in')),
        ADD COLUMN second_factor boolean NOT NULL DEFAULT false,
        ADD COLUMN authenticated_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN last_used_at timestamptz NOT NULL DEFAULT now(),
        -- The user agent, sealed: it says something of a person.
        ADD COLUMN origin bytea;
      ALTER TABLE access_token ADD COLUMN second_factor boolean NOT NULL DEFAULT false;

      -- Who a provider says that somebody is. The issuer keeps a provider that was configured anew from naming others' accounts.
      CREATE TABLE identity (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES account,
        provider text NOT NULL,
        issuer text NOT NULL,
        subject text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz,
        CONSTRAINT identity_subject UNIQUE (provider, issuer, subject),
        CONSTRAINT identity_provider UNIQUE (account_id, provider)
      );

      -- A way to a provider and back, bound to the browser that began it.
      CREATE TABLE oidc_attempt (
        state_hash bytea PRIMARY KEY,
        browser_hash bytea NOT NULL,
        provider text NOT NULL,
        account_id uuid REFERENCES account,
        return_to text,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      );
      CREATE INDEX oidc_attempt_expiry ON oidc_attempt (expires_at);

      -- An identity that was proved and waits: for an e-mail, or (account_id) for the account that has the e-mail.
      CREATE TABLE identity_ticket (
        token_hash bytea PRIMARY KEY,
        account_id uuid REFERENCES account,
        identity bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      );
      CREATE INDEX identity_ticket_expiry ON identity_ticket (expires_at);

      CREATE TABLE totp (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL UNIQUE REFERENCES account,
        secret bytea NOT NULL,
        -- The last time step of which a code was taken: none is taken twice.
        last_step bigint NOT NULL DEFAULT 0,
        confirmed_at timestamptz,
        last_used_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE webauthn_credential (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES account,
        credential_id text NOT NULL CONSTRAINT webauthn_credential_id UNIQUE,
        public_key bytea NOT NULL,
        counter bigint NOT NULL,
        transports text[] NOT NULL,
        name text NOT NULL,
        last_used_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX webauthn_credential_account ON webauthn_credential (account_id);
      CREATE TABLE webauthn_challenge (
        challenge_hash bytea PRIMARY KEY,
        purpose text NOT NULL CHECK (purpose IN ('register', 'second-factor', 'sign-in')),
        session_id uuid REFERENCES session (id) ON DELETE CASCADE,
        expires_at timestamptz NOT NULL,
        CHECK ((purpose = 'sign-in') = (session_id IS NULL))
      );
      CREATE INDEX webauthn_challenge_expiry ON webauthn_challenge (expires_at);
      CREATE INDEX webauthn_challenge_session ON webauthn_challenge (session_id);
      CREATE TABLE recovery_code (
        account_id uuid NOT NULL REFERENCES account,
        code_hash bytea NOT NULL,
        used_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (account_id, code_hash)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
