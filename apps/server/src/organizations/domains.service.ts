import { Injectable } from '@nestjs/common';
import { FREE_MAIL_DOMAINS, provesDomain, Refusal, refuseUnlessOfficer } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { refuseWithoutRole, type PersonActor } from '../http/actor.js';
import { EventLog } from '../ledger/event-log.js';
import { OrganizationAccess } from './organization-access.js';

const MOST_CLAIMED = 50;

/** Domains of an organization: proved by an officer's own confirmed address in them, or confirmed by an administrator. */
@Injectable()
export class DomainsService {
  constructor(
    private readonly database: DataSource,
    private readonly access: OrganizationAccess,
    private readonly events: EventLog,
  ) {}

  async claim(actor: PersonActor, organization: string, domain: string) {
    if (FREE_MAIL_DOMAINS.has(domain)) throw new Refusal('domain-public', `Anybody gets an address at \`${domain}\`.`);
    return this.database.transaction(async (tx) => {
      const { acting } = await this.access.lock(tx, actor, organization);
      refuseUnlessOfficer(acting);
      const [known] = await tx.query<{ count: number }[]>(
        'SELECT count(*)::int AS count FROM organization_domain WHERE organization_id = $1 AND domain <> $2',
        [organization, domain],
      );
      if (known!.count >= MOST_CLAIMED) throw new Refusal('organization-limit', `At most ${MOST_CLAIMED} domains may be claimed.`);
      await tx.query('INSERT INTO organization_domain (organization_id, domain) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
        organization,
        domain,
      ]);
      const email = await verifiedEmail(tx, actor.account);
      if (email !== undefined && provesDomain(email, domain)) await this.verify(tx, actor, organization, domain, 'officer-mail');
      else await this.events.append(actor, { kind: 'domain-claimed', subject: organization, detail: { domain } }, tx);
      return domainRow(tx, organization, domain);
    });
  }

  async confirm(actor: PersonActor, organization: string, domain: string) {
    refuseWithoutRole(actor, 'admin');
    return this.database.transaction(async (tx) => {
      await this.verify(tx, actor, organization, domain.toLowerCase(), 'administrator');
      return domainRow(tx, organization, domain.toLowerCase());
    });
  }

  private async verify(tx: EntityManager, actor: PersonActor, organization: string, domain: string, method: string): Promise<void> {
    // An administrator's word is worth more than a mailbox, and is not taken back by one.
    const [, changed] = await tx.query<[unknown[], number]>(
      `UPDATE organization_domain SET verified_at = coalesce(verified_at, now()), method = $3, verified_by = $4
       WHERE organization_id = $1 AND domain = $2 AND (verified_at IS NULL OR ($3 = 'administrator' AND method <> 'administrator'))`,
      [organization, domain, method, actor.account],
    );
    if (changed > 0) await this.events.append(actor, { kind: 'domain-verified', subject: organization, detail: { domain, method } }, tx);
  }
}

async function domainRow(tx: EntityManager, organization: string, domain: string) {
  const [row] = await tx.query<{ domain: string; state: 'verified' | 'pending'; method: string | null }[]>(
    `SELECT domain, method, CASE WHEN verified_at IS NULL THEN 'pending' ELSE 'verified' END AS state FROM organization_domain WHERE organization_id = $1 AND domain = $2`,
    [organization, domain],
  );
  if (!row) throw new Refusal('not-found', 'The organization claims no such domain.');
  return row;
}

async function verifiedEmail(tx: EntityManager, account: string): Promise<string | undefined> {
  const [row] = await tx.query<{ email: string }[]>(
    'SELECT p.email FROM person p JOIN account a ON a.id = p.account_id WHERE a.id = $1 AND a.verified_at IS NOT NULL AND p.email IS NOT NULL',
    [account],
  );
  return row?.email;
}
