import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mail that is sent, how reviewers want theirs, and webhooks. */
export class MailAndWebhooks1764000000008 implements MigrationInterface {
  name = 'MailAndWebhooks1764000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE mail DROP CONSTRAINT mail_state_check;
      ALTER TABLE mail
        ADD CHECK (state IN ('kept', 'held', 'combined', 'unwanted', 'queued', 'sending', 'sent', 'failed', 'unconfirmed')),
        -- What text and HTML are rendered from: [{heading?, text, link?: {label, url}}].
        ADD COLUMN content jsonb,
        ADD COLUMN message_id text,
        ADD COLUMN attempts integer NOT NULL DEFAULT 0,
        -- Of a queued mail: the next attempt, or the end of the running one. Of a held one: its digest.
        ADD COLUMN due_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN queued_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN sent_at timestamptz,
        -- The attempt that is under way: nobody else may write what came of it.
        ADD COLUMN lease uuid,
        ADD COLUMN reason text,
        ADD COLUMN digest_id uuid REFERENCES mail;
      UPDATE mail SET content = jsonb_build_array(jsonb_build_object('text', body)), message_id = '<' || id || '@paddock.invalid>';
      ALTER TABLE mail ALTER COLUMN content SET NOT NULL, ALTER COLUMN message_id SET NOT NULL, ADD UNIQUE (message_id);
      CREATE INDEX mail_due ON mail (due_at) WHERE state IN ('held', 'queued', 'sending');
      CREATE INDEX mail_waiting ON mail (state) WHERE state IN ('held', 'queued', 'sending', 'failed', 'unconfirmed');
      CREATE INDEX mail_created ON mail (created_at DESC, id DESC);
      CREATE INDEX mail_held ON mail (account_id) WHERE state = 'held';

      CREATE TABLE mail_preference (
        account_id uuid PRIMARY KEY REFERENCES account,
        review_digest text NOT NULL CHECK (review_digest IN ('each', 'daily', 'weekly', 'off'))
      );

      CREATE TABLE webhook_endpoint (
        id uuid PRIMARY KEY,
        -- Of a model's endpoint too; null for one of the whole portal.
        publisher_id uuid REFERENCES publisher,
        model_id uuid REFERENCES model,
        url text NOT NULL,
        kinds text[] NOT NULL,
        description text NOT NULL,
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'ended')),
        reason text,
        secret bytea NOT NULL,
        -- Signs too until its time has passed, so that a receiver can change over.
        previous_secret bytea,
        previous_until timestamptz,
        created_by uuid NOT NULL REFERENCES account,
        created_at timestamptz NOT NULL DEFAULT now(),
        CHECK (model_id IS NULL OR publisher_id IS NOT NULL)
      );
      CREATE INDEX webhook_endpoint_publisher ON webhook_endpoint (publisher_id) WHERE state <> 'ended';

      CREATE TABLE webhook_delivery (
        id uuid PRIMARY KEY,
        -- The order of the events of one subject: their transactions follow one another, so the numbers do.
        n bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        endpoint_id uuid NOT NULL REFERENCES webhook_endpoint,
        event_id uuid NOT NULL REFERENCES event,
        subject_id uuid NOT NULL,
        type text NOT NULL,
        -- The exact bytes that are signed.
        payload text NOT NULL,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed', 'skipped')),
        attempts integer NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now(),
        lease uuid,
        last_attempt_at timestamptz,
        last_status integer,
        last_answer text,
        reason text,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (endpoint_id, event_id)
      );
      CREATE INDEX webhook_delivery_due ON webhook_delivery (endpoint_id, due_at) WHERE state = 'pending';
      CREATE INDEX webhook_delivery_order ON webhook_delivery (endpoint_id, subject_id, n) WHERE state = 'pending';
      CREATE INDEX webhook_delivery_list ON webhook_delivery (endpoint_id, created_at DESC, id DESC);
      CREATE INDEX webhook_delivery_failed ON webhook_delivery (endpoint_id) WHERE state = 'failed';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
