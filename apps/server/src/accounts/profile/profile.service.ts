import { Injectable } from '@nestjs/common';
import type { EditProfile } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { isConflict } from '../../database/failure.js';
import type { Actor, PersonActor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';
import { Mailbox } from '../../mail/mailbox.js';
import { SecurityLetters } from '../security-letters.js';
import { refuseUnlessSignedInRecently } from '../sessions/recent-sign-in.js';
import { SingleUseLinks } from '../sign-in/single-use-links.js';
import { Throttle } from '../sign-in/throttle.js';

const CONFIRM_MINUTES = 24 * 60;
const CHANGES_PER_ACCOUNT = 10;

interface ProfileRow {
  name: string | null;
  email: string | null;
  organization: string | null;
  country: string | null;
}

/** What a person says of themselves. What others rely on, reviewers look at again when it changes. */
@Injectable()
export class ProfileService {
  constructor(
    private readonly database: DataSource,
    private readonly links: SingleUseLinks,
    private readonly mailbox: Mailbox,
    private readonly letters: SecurityLetters,
    private readonly throttle: Throttle,
    private readonly events: EventLog,
  ) {}

  async find(actor: PersonActor): Promise<ProfileRow> {
    const [row] = await this.database.query<ProfileRow[]>('SELECT name, email, organization, country FROM person WHERE account_id = $1', [
      actor.account,
    ]);
    return row!;
  }

  async edit(actor: PersonActor, change: EditProfile): Promise<ProfileRow> {
    await this.database.transaction(async (tx) => {
      const [before] = await tx.query<ProfileRow[]>('SELECT * FROM person WHERE account_id = $1 FOR NO KEY UPDATE', [actor.account]);
      const after = { ...before!, ...change };
      await tx.query('UPDATE person SET name = $2, organization = $3, country = $4 WHERE account_id = $1', [
        actor.account,
        after.name,
        after.organization,
        after.country,
      ]);
      const moved = after.organization !== before!.organization || after.country !== before!.country;
      await this.events.append(actor, { kind: moved ? 'affiliation-changed' : 'profile-edited', subject: actor.account }, tx);
    });
    return this.find(actor);
  }

  /** The address changes when its owner opens the link; until then everything goes to the old one. */
  async askEmailChange(actor: PersonActor, email: string): Promise<void> {
    await this.throttle.take({ [`change-email:${actor.account}`]: CHANGES_PER_ACCOUNT });
    await this.database.transaction(async (tx) => {
      await refuseUnlessSignedInRecently(tx, actor);
      const url = await this.links.issue(tx, 'change-email', actor.account, CONFIRM_MINUTES, email);
      await this.mailbox.keep(tx, {
        account: actor.account,
        to: email,
        subject: 'Confirm your new e-mail address',
        body: 'Somebody, perhaps you, wants to use this address for their account. It counts once you confirm it, within a day.',
        link: { label: 'Confirm the address', url },
      });
      await this.letters.tell(
        tx,
        actor.account,
        'Another e-mail address was asked for',
        'Somebody signed in to your account wants to change its address.',
      );
      await this.events.append(actor, { kind: 'email-change-asked', subject: actor.account }, tx);
    });
  }

  async confirmEmail(actor: Actor, token: string): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        const { account, email } = await this.links.redeemConfirmation(tx, token);
        if (email === null) await tx.query('UPDATE account SET verified_at = coalesce(verified_at, now()) WHERE id = $1', [account]);
        else {
          await this.letters.tell(tx, account, 'Your e-mail address has changed', 'Mail goes to the new address from now on.');
          await tx.query('UPDATE person SET email = $2 WHERE account_id = $1', [account, email]);
          await tx.query('UPDATE account SET verified_at = now() WHERE id = $1', [account]);
        }
        await this.events.append(actor, { kind: email === null ? 'email-verified' : 'email-changed', subject: account }, tx);
      });
    } catch (error) {
      if (isConflict(error, 'person_email')) throw new Refusal('single-use-link', 'Another account has this address by now.');
      throw error;
    }
  }
}
