import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { EventLog, type Origin } from '../../../ledger/event-log.js';
import { Departures } from './departures.service.js';
import { GrantEndings } from './grant-endings.service.js';
import { removeWaysIn } from './ways-in.js';

/** Everything that somebody may do or hold here ends, in one transaction. */
@Injectable()
export class Endings {
  constructor(
    private readonly departures: Departures,
    private readonly grants: GrantEndings,
    private readonly events: EventLog,
  ) {}

  async end(tx: EntityManager, origin: Origin & { account: string }): Promise<void> {
    const ended = await this.departures.leaveAll(tx, origin);
    const [own] = await tx.query<{ id: string }[]>('SELECT id FROM licensee WHERE account_id = $1', [origin.account]);
    await this.grants.end(tx, origin, [...(own ? [own.id] : []), ...ended]);
    await removeWaysIn(tx, origin, this.events);
  }
}
