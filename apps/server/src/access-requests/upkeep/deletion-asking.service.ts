import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DELETION_DAYS } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { contactsOf } from '../../accounts/licensees/contacts.js';
import { Runtime } from '../../http/runtime.js';
import { Sweeps } from '../../jobs/sweeps.js';
import { EventLog, SWEEP } from '../../ledger/event-log.js';
import { Mailbox } from '../../mail/mailbox.js';

const AT_ONCE = 50;

interface EndedGrant {
  id: string;
  licensee: string;
  model: string;
  model_id: string;
  cause: 'expired' | 'revoked';
}

/**
 * Grants that were in use, have ended, and are followed by none for the same model. Looked for among the ends of the last
 * ninety days, which an index finds, however many grants the years have left behind.
 */
const ENDED = `
  SELECT g.id, g.licensee_id AS licensee, m.slug AS model, m.id AS model_id, CASE WHEN g.ended_by IS NULL THEN 'expired' ELSE 'revoked' END AS cause
  FROM access_grant g JOIN model m ON m.id = g.model_id
  WHERE g.id IN (
      SELECT grant_id FROM grant_period WHERE valid_until BETWEEN now() - interval '90 days' AND now()
      UNION ALL SELECT id FROM access_grant WHERE ended_by IS NOT NULL AND ended_at > now() - interval '90 days')
    AND NOT g.is_public AND g.acceptance_id IS NOT NULL
    AND (g.ended_by IS NOT NULL OR NOT EXISTS (SELECT FROM grant_period WHERE grant_id = g.id AND (valid_until IS NULL OR valid_until > now())))
    AND NOT EXISTS (SELECT FROM deletion_statement d WHERE d.grant_id = g.id)
    AND NOT EXISTS (SELECT FROM access_grant other WHERE other.licensee_id = g.licensee_id AND other.model_id = g.model_id AND other.ended_at IS NULL AND other.acceptance_id IS NOT NULL
      AND EXISTS (SELECT FROM grant_period WHERE grant_id = other.id AND (valid_until IS NULL OR valid_until > now())))
  LIMIT ${AT_ONCE} FOR NO KEY UPDATE OF g SKIP LOCKED`;

/** Asks licensees whose access has ended to state that the copies are deleted. */
@Injectable()
export class DeletionAsking implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly mailbox: Mailbox,
    private readonly sweeps: Sweeps,
    private readonly events: EventLog,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'deletion-asking', everyMs: 2000, run: () => this.ask() });
  }

  private ask(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const grants = await tx.query<EndedGrant[]>(ENDED);
      for (const grant of grants) await this.askOf(tx, grant);
      return grants.length;
    });
  }

  private async askOf(tx: EntityManager, { id, licensee, model, model_id, cause }: EndedGrant): Promise<void> {
    await tx.query('INSERT INTO deletion_statement (grant_id, cause, due_at) VALUES ($1, $2, now() + make_interval(days => $3))', [
      id,
      cause,
      DELETION_DAYS,
    ]);
    for (const { account, email } of await contactsOf(tx, licensee))
      await this.mailbox.keep(tx, {
        account,
        to: email,
        subject: `Your access to ${model} has ended: please state that the copies are deleted`,
        body: `Your grant ${cause === 'revoked' ? 'was revoked' : 'has expired'}. Delete all copies of the weights and state it within ${DELETION_DAYS} days. Nothing is asked if you hold another grant for ${model}.`,
        link: { label: 'State it', url: `${this.runtime.publicUrl}/grants` },
      });
    await this.events.append(SWEEP, { kind: 'deletion-asked', subject: id, model: model_id, detail: { cause } }, tx);
  }
}
