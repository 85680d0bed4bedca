import { Injectable } from '@nestjs/common';
import { heirAtErasure } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import type { Origin } from '../../../ledger/event-log.js';
import { MembersService } from '../../../organizations/members/members.service.js';
import { OrganizationAccess } from '../../../organizations/organization-access.js';

/** Somebody who is erased leaves every organization. */
@Injectable()
export class Departures {
  constructor(
    private readonly access: OrganizationAccess,
    private readonly members: MembersService,
  ) {}

  /** Returns the licensees of those that end, for nobody else was a member. Refuses while another one would have no officer. */
  async leaveAll(tx: EntityManager, origin: Origin & { account: string }): Promise<string[]> {
    const memberships = await tx.query<{ organization_id: string }[]>(
      'SELECT organization_id FROM membership WHERE account_id = $1 AND valid_until IS NULL ORDER BY organization_id',
      [origin.account],
    );
    const ended: string[] = [];
    for (const { organization_id: organization } of memberships) {
      const locked = await this.access.lock(tx, origin, organization);
      const heir = heirAtErasure(locked.members, locked.acting);
      await this.members.leave(tx, origin, locked, { leaving: locked.acting, heir });
      if (!heir) ended.push(locked.licensee);
    }
    return ended;
  }
}
