import { Injectable } from '@nestjs/common';
import type { ChangeOrganization, CreateOrganization } from '@paddock/contracts';
import { refuseUnlessOfficer } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Throttle } from '../accounts/sign-in/throttle.js';
import type { PersonActor } from '../http/actor.js';
import { EventLog } from '../ledger/event-log.js';
import { OrganizationAccess } from './organization-access.js';

const FOUNDED_PER_ACCOUNT = 20;

@Injectable()
export class OrganizationsService {
  constructor(
    private readonly database: DataSource,
    private readonly access: OrganizationAccess,
    private readonly throttle: Throttle,
    private readonly events: EventLog,
  ) {}

  /** Whoever founds an organization is its first officer. Returns its id. */
  async create(actor: PersonActor, { legalName, country }: CreateOrganization): Promise<string> {
    await this.throttle.take({ [`organizations:${actor.account}`]: FOUNDED_PER_ACCOUNT });
    const [id, membership] = [uuidv7(), uuidv7()];
    await this.database.transaction(async (tx) => {
      await tx.query('INSERT INTO organization (id, legal_name, country) VALUES ($1, $2, $3)', [id, legalName, country]);
      await tx.query('INSERT INTO licensee (id, organization_id) VALUES ($1, $2)', [uuidv7(), id]);
      await tx.query(`INSERT INTO membership (id, organization_id, account_id, role) VALUES ($1, $2, $3, 'officer')`, [
        membership,
        id,
        actor.account,
      ]);
      await this.events.append(actor, { kind: 'organization-founded', subject: id, detail: { country } }, tx);
      await this.events.append(actor, { kind: 'membership-begun', subject: membership, detail: { organization: id, role: 'officer' } }, tx);
    });
    return id;
  }

  /** Acceptances keep the name under which they were given: it stands on the screen that was shown. */
  async change(actor: PersonActor, id: string, input: ChangeOrganization): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { acting } = await this.access.lock(tx, actor, id);
      refuseUnlessOfficer(acting);
      const [before] = await tx.query<{ legalName: string; country: string }[]>(
        'SELECT legal_name AS "legalName", country FROM organization WHERE id = $1',
        [id],
      );
      const after = { ...before!, ...input };
      await tx.query('UPDATE organization SET legal_name = $2, country = $3 WHERE id = $1', [id, after.legalName, after.country]);
      await this.events.append(actor, { kind: 'organization-changed', subject: id, detail: { before, after } }, tx);
    });
  }
}
