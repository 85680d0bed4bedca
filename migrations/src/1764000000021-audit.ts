import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the audit is filtered by, in the order in which it is read; and words of free text, wherever they stand. */
export class Audit1764000000021 implements MigrationInterface {
  name = 'Audit1764000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      CREATE INDEX person_name_text ON person USING gin (name gin_trgm_ops);
      CREATE INDEX person_email_text ON person USING gin (email gin_trgm_ops);
      CREATE INDEX organization_legal_name_text ON organization USING gin (legal_name gin_trgm_ops);
      CREATE INDEX decision_reason_text ON decision USING gin (reason gin_trgm_ops);

      CREATE INDEX acceptance_license_version ON acceptance (license_version_id, created_at DESC, id DESC);
      CREATE INDEX acceptance_agreement ON acceptance (agreement_id, created_at DESC, id DESC);
      CREATE INDEX acceptance_signer ON acceptance (signer_id, created_at DESC, id DESC);
      CREATE INDEX acceptance_declined ON acceptance (created_at DESC, id DESC) WHERE outcome = 'declined';

      CREATE INDEX decision_listing ON decision (created_at DESC, id DESC);
      CREATE INDEX decision_account ON decision (account_id, created_at DESC, id DESC);
      CREATE INDEX access_request_model ON access_request (model_id);

      CREATE INDEX access_grant_listing ON access_grant (created_at DESC, id DESC);
      CREATE INDEX access_grant_model ON access_grant (model_id, created_at DESC, id DESC);
      CREATE INDEX access_grant_acceptance ON access_grant (acceptance_id);

      CREATE INDEX event_kind ON event (kind, at DESC, id DESC);
      CREATE INDEX event_actor ON event (actor_id, at DESC, id DESC) WHERE actor_id IS NOT NULL;
      CREATE INDEX event_model ON event (model_id, at DESC, id DESC) WHERE model_id IS NOT NULL;
      CREATE INDEX event_holder ON event (holder_id, at DESC, id DESC) WHERE holder_id IS NOT NULL;
      CREATE INDEX event_download ON event (at DESC, id DESC) WHERE kind ~ '^(link|download)-';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
