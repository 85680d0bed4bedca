import { Injectable } from '@nestjs/common';
import type { GiveSecondFactor } from '@paddock/contracts';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';
import { SecurityLetters } from '../security-letters.js';

/** What is written down of second factors that were given. */
@Injectable()
export class SecondFactorRecords {
  constructor(
    private readonly letters: SecurityLetters,
    private readonly events: EventLog,
  ) {}

  async refused(actor: Actor, account: string, way: GiveSecondFactor['method']): Promise<void> {
    await this.events.append(actor, { kind: 'second-factor', subject: account, code: 'bad-second-factor', detail: { way } });
  }

  async recovered(tx: EntityManager, actor: Actor, account: string): Promise<void> {
    await this.events.append({ ...actor, account }, { kind: 'recovery-code-used', subject: account }, tx);
    await this.letters.tell(tx, account, 'A recovery code was used', 'Somebody signed in to your account with one of its recovery codes.');
  }
}
