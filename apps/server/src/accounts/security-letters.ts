import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Mailbox } from '../mail/mailbox.js';

const NOT_YOU = 'If this was not you: reset your password, then look through your factors, identities and sessions on the page "Security".';

/** Tells people what was changed about the ways into their account, so that they notice what they did not do. */
@Injectable()
export class SecurityLetters {
  constructor(private readonly mailbox: Mailbox) {}

  async tell(tx: EntityManager, account: string, subject: string, fact: string): Promise<void> {
    const [person] = await tx.query<{ email: string | null }[]>('SELECT email FROM person WHERE account_id = $1', [account]);
    if (person?.email) await this.mailbox.keep(tx, { account, to: person.email, subject, body: `${fact}\n\n${NOT_YOU}` });
  }
}
