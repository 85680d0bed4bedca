import { Injectable } from '@nestjs/common';
import type { GrantCommand } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { contactsOf } from '../accounts/licensees/contacts.js';
import { Runtime } from '../http/runtime.js';
import { Mailbox } from '../mail/mailbox.js';

const WORDS: Readonly<Record<GrantCommand, { happened: string; means: string }>> = {
  suspend: { happened: 'is suspended', means: 'Links and tokens give nothing until it is resumed.' },
  resume: { happened: 'goes on', means: 'Links that have not expired work again.' },
  revoke: { happened: 'was revoked', means: 'Nothing is given out any more. You will be asked to state that the copies are deleted.' },
};

/** What licensees are told when staff change what they hold. */
@Injectable()
export class GrantLetters {
  constructor(
    private readonly mailbox: Mailbox,
    private readonly runtime: Runtime,
  ) {}

  async write(tx: EntityManager, grant: { licensee: string; model: string }, command: GrantCommand, reason: string): Promise<void> {
    const { happened, means } = WORDS[command];
    for (const { account, email } of await contactsOf(tx, grant.licensee))
      await this.mailbox.keep(tx, {
        account,
        to: email,
        subject: `Your access to ${grant.model} ${happened}`,
        body: `The reason: ${reason}\n\n${means}`,
        link: { label: 'See your grants', url: `${this.runtime.publicUrl}/grants` },
      });
  }
}
