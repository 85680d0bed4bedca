import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From the access request to the links: who asked, who decided, who accepted what, and what was handed out. */
export class Grants1764000000004 implements MigrationInterface {
  name = 'Grants1764000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE access_request (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('access', 'renewal', 'special-license')),
        applicant_id uuid NOT NULL REFERENCES account,
        licensee_id uuid NOT NULL REFERENCES licensee,
        model_id uuid NOT NULL REFERENCES model,
        terms_id uuid NOT NULL REFERENCES access_terms,
        form_version_id uuid REFERENCES form_version,
        answers_id uuid REFERENCES sealed_record,
        answers_hash text NOT NULL,
        license_version_id uuid NOT NULL REFERENCES license_version,
        state text NOT NULL,
        round integer NOT NULL DEFAULT 0,
        appealed boolean NOT NULL DEFAULT false,
        appeal_until timestamptz,
        previous_id uuid REFERENCES access_request,
        created_at timestamptz NOT NULL DEFAULT now(),
        submitted_at timestamptz,
        updated_at timestamptz NOT NULL DEFAULT now(),
        CHECK (state IN ('draft', 'submitted', 'in-review', 'returned', 'approved', 'rejected', 'appealed', 'withdrawn', 'no-longer-needed'))
      );
      CREATE UNIQUE INDEX access_request_open ON access_request (licensee_id, model_id, kind)
        WHERE state IN ('draft', 'submitted', 'in-review', 'returned', 'appealed');
      CREATE INDEX access_request_applicant ON access_request (applicant_id, id);
      CREATE INDEX access_request_queue ON access_request (state, submitted_at);

      CREATE TABLE decision (
        id uuid PRIMARY KEY,
        request_id uuid NOT NULL REFERENCES access_request,
        round integer NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('approve', 'reject', 'return')),
        account_id uuid REFERENCES account,
        rule_version text,
        reason text,
        answers_hash text NOT NULL,
        license_version_id uuid NOT NULL REFERENCES license_version,
        created_at timestamptz NOT NULL DEFAULT now(),
        CHECK (num_nonnulls(account_id, rule_version) = 1)
      );
      CREATE INDEX decision_request ON decision (request_id, created_at);

      CREATE TABLE presentation (
        id uuid PRIMARY KEY,
        agreement_id text NOT NULL REFERENCES agreement,
        account_id uuid NOT NULL REFERENCES account,
        licensee_id uuid NOT NULL REFERENCES licensee,
        model_id uuid NOT NULL REFERENCES model,
        release_id uuid REFERENCES release,
        terms_id uuid NOT NULL REFERENCES access_terms,
        answers_id uuid REFERENCES sealed_record,
        surface text NOT NULL CHECK (surface IN ('page', 'api', 'cli')),
        screen jsonb NOT NULL,
        state text NOT NULL DEFAULT 'presented' CHECK (state IN ('presented', 'accepted', 'declined', 'expired', 'outdated')),
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      );

      CREATE TABLE acceptance (
        id uuid PRIMARY KEY,
        presentation_id uuid NOT NULL UNIQUE REFERENCES presentation,
        agreement_id text NOT NULL REFERENCES agreement,
        signer_id uuid NOT NULL REFERENCES account,
        licensee_id uuid NOT NULL REFERENCES licensee,
        model_id uuid NOT NULL REFERENCES model,
        release_id uuid REFERENCES release,
        license_version_id uuid NOT NULL REFERENCES license_version,
        outcome text NOT NULL CHECK (outcome IN ('accepted', 'declined')),
        attestations jsonb NOT NULL,
        assent_hash text NOT NULL,
        sealed_id uuid NOT NULL REFERENCES sealed_record,
        joins_id uuid REFERENCES acceptance,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX acceptance_listing ON acceptance (created_at DESC, id DESC);
      CREATE INDEX acceptance_model ON acceptance (model_id, created_at DESC, id DESC);
      CREATE INDEX acceptance_licensee ON acceptance (licensee_id, created_at DESC);

      -- What the design calls a grant; the bare word is reserved in SQL.
      CREATE TABLE access_grant (
        id uuid PRIMARY KEY,
        licensee_id uuid REFERENCES licensee,
        is_public boolean NOT NULL,
        model_id uuid NOT NULL REFERENCES model,
        license_id uuid NOT NULL REFERENCES license,
        origin text NOT NULL CHECK (origin IN ('approval', 'acceptance', 'publication')),
        request_id uuid REFERENCES access_request,
        acceptance_id uuid REFERENCES acceptance,
        ended_at timestamptz,
        ended_by uuid REFERENCES account,
        end_reason text,
        created_at timestamptz NOT NULL DEFAULT now(),
        pending_until timestamptz,
        CHECK (is_public = (licensee_id IS NULL))
      );
      CREATE INDEX access_grant_licensee ON access_grant (licensee_id, model_id);
      CREATE UNIQUE INDEX access_grant_public ON access_grant (model_id) WHERE is_public AND ended_at IS NULL;
      CREATE UNIQUE INDEX access_grant_pending ON access_grant (licensee_id, model_id, license_id)
        WHERE ended_at IS NULL AND acceptance_id IS NULL AND NOT is_public;
      CREATE UNIQUE INDEX access_grant_active ON access_grant (licensee_id, model_id, license_id)
        WHERE ended_at IS NULL AND acceptance_id IS NOT NULL;
      CREATE TABLE grant_period (
        id uuid PRIMARY KEY,
        grant_id uuid NOT NULL REFERENCES access_grant,
        valid_from timestamptz NOT NULL,
        valid_until timestamptz,
        decision_id uuid REFERENCES decision,
        CHECK (valid_until IS NULL OR valid_from < valid_until)
      );
      CREATE INDEX grant_period_grant ON grant_period (grant_id);
      CREATE TABLE grant_suspension (
        id uuid PRIMARY KEY,
        grant_id uuid NOT NULL REFERENCES access_grant,
        suspended_by uuid NOT NULL REFERENCES account,
        reason text NOT NULL,
        suspended_at timestamptz NOT NULL DEFAULT now(),
        lifted_by uuid REFERENCES account,
        lifted_at timestamptz
      );
      CREATE UNIQUE INDEX grant_suspension_open ON grant_suspension (grant_id) WHERE lifted_at IS NULL;

      CREATE TABLE link (
        id uuid PRIMARY KEY,
        grant_id uuid NOT NULL REFERENCES access_grant,
        holder_id uuid REFERENCES holder,
        release_id uuid NOT NULL REFERENCES release,
        channel text NOT NULL CHECK (channel IN ('link', 'direct', 'torrent')),
        paths text[],
        max_copies integer CHECK (max_copies > 0),
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz
      );
      CREATE INDEX link_grant ON link (grant_id);
      CREATE TABLE link_usage (
        link_id uuid NOT NULL REFERENCES link,
        artifact_id uuid NOT NULL REFERENCES artifact,
        bytes_sent bigint NOT NULL,
        PRIMARY KEY (link_id, artifact_id)
      );
      CREATE TABLE passkey (
        id uuid PRIMARY KEY,
        grant_id uuid NOT NULL REFERENCES access_grant,
        holder_id uuid NOT NULL REFERENCES holder,
        release_id uuid NOT NULL REFERENCES release,
        secret_hash bytea NOT NULL UNIQUE,
        created_at timestamptz NOT NULL DEFAULT now(),
        valid_until timestamptz
      );
      CREATE UNIQUE INDEX passkey_live ON passkey (grant_id, holder_id, release_id) WHERE valid_until IS NULL;
      CREATE TABLE prerequisite_evidence (
        id uuid PRIMARY KEY,
        account_id uuid REFERENCES account,
        organization_id uuid REFERENCES organization,
        kind text NOT NULL,
        obtained_at timestamptz NOT NULL,
        valid_until timestamptz,
        CHECK (num_nonnulls(account_id, organization_id) = 1)
      );
      CREATE INDEX prerequisite_evidence_account ON prerequisite_evidence (account_id, kind);
      CREATE TABLE sighting (
        id uuid PRIMARY KEY,
        grant_id uuid REFERENCES access_grant,
        holder_id uuid REFERENCES holder,
        detail jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        closed_at timestamptz,
        closed_by uuid REFERENCES account
      );
    `);
    for (const table of ['decision', 'acceptance', 'grant_period', 'prerequisite_evidence']) {
      await runner.query(
        `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
      );
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
