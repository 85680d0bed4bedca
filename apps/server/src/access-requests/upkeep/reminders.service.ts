import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { REMINDERS, type Reminder } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { contactsOf } from '../../accounts/licensees/contacts.js';
import { Runtime } from '../../http/runtime.js';
import { Sweeps } from '../../jobs/sweeps.js';
import { Mailbox } from '../../mail/mailbox.js';

const AT_ONCE = 50;

interface DueGrant {
  id: string;
  licensee: string;
  model: string;
  ends: Date;
  /** The same to the microsecond, which a Date would lose. */
  exact_end: string;
}

/** Approvals that nobody accepted yet, by when they lapse. */
const AWAITING_ACCEPTANCE = `
  SELECT g.id, g.licensee_id AS licensee, g.model_id, g.pending_until AS ends FROM access_grant g
  WHERE NOT g.is_public AND g.acceptance_id IS NULL AND g.ended_at IS NULL`;

/** Grants in use, by when they end: those of which a period ends within the days asked. */
const IN_USE = `
  SELECT g.id, g.licensee_id AS licensee, g.model_id, (SELECT max(coalesce(valid_until, 'infinity')) FROM grant_period WHERE grant_id = g.id) AS ends
  FROM access_grant g WHERE NOT g.is_public AND g.acceptance_id IS NOT NULL AND g.ended_at IS NULL
    AND g.id IN (SELECT grant_id FROM grant_period WHERE valid_until BETWEEN now() AND now() + make_interval(days => $1))`;

const due = (grants: string) => `
  SELECT d.id, d.licensee, d.ends, to_json(d.ends) #>> '{}' AS exact_end, m.slug AS model FROM (${grants}) d JOIN model m ON m.id = d.model_id
  JOIN access_grant locked ON locked.id = d.id
  WHERE d.ends > now() AND d.ends <= now() + make_interval(days => $1)
    AND NOT EXISTS (SELECT FROM grant_reminder r WHERE r.grant_id = d.id AND r.kind = $2 AND r.for_end = d.ends)
  LIMIT ${AT_ONCE} FOR NO KEY UPDATE OF locked SKIP LOCKED`;

/** Reminds licensees of what will be too late: the row that says so and the letter stand in one transaction. */
@Injectable()
export class RemindersService implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly mailbox: Mailbox,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'grant-reminders', everyMs: 5000, run: () => this.remind() });
  }

  private async remind(): Promise<number> {
    let sent = 0;
    // The most urgent first: it stands for those before it, should they have been missed.
    for (const reminder of REMINDERS.toSorted((a, b) => a.daysBefore - b.daysBefore)) sent += await this.remindOf(reminder);
    return sent;
  }

  private remindOf(reminder: Reminder): Promise<number> {
    return this.database.transaction(async (tx) => {
      const grants = await tx.query<DueGrant[]>(due(reminder.of === 'acceptance' ? AWAITING_ACCEPTANCE : IN_USE), [
        reminder.daysBefore,
        reminder.kind,
      ]);
      for (const grant of grants) await this.write(tx, grant, reminder);
      return grants.length;
    });
  }

  private async write(tx: EntityManager, grant: DueGrant, reminder: Reminder): Promise<void> {
    const kinds = REMINDERS.filter(({ of, daysBefore }) => of === reminder.of && daysBefore >= reminder.daysBefore).map(({ kind }) => kind);
    await tx.query(
      'INSERT INTO grant_reminder (grant_id, kind, for_end) SELECT $1, kind, $3 FROM unnest($2::text[]) AS kind ON CONFLICT DO NOTHING',
      [grant.id, kinds, grant.exact_end],
    );
    const { subject, body, link } = wording(grant, reminder);
    for (const { account, email } of await contactsOf(tx, grant.licensee))
      await this.mailbox.keep(tx, { account, to: email, subject, body, link: { ...link, url: `${this.runtime.publicUrl}${link.url}` } });
  }
}

function wording({ model, ends }: DueGrant, { of }: Reminder) {
  const when = ends.toISOString().slice(0, 16).replace('T', ' ');
  return of === 'acceptance'
    ? {
        subject: `Your approval for ${model} lapses soon`,
        body: `Read and accept the agreement before ${when} UTC; after that you would have to ask again.`,
        link: { label: 'Read the agreement', url: `/models/${model}/accept` },
      }
    : {
        subject: `Your access to ${model} ends soon`,
        body: `It ends on ${when} UTC. Ask for a renewal before, and your links go on without a break.`,
        link: { label: 'See your requests', url: '/access-requests' },
      };
}
