import { Injectable } from '@nestjs/common';
import type { CreateAccount } from '@paddock/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { isConflict } from '../../database/failure.js';
import type { Actor, PersonActor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';
import { Mailbox } from '../../mail/mailbox.js';
import { AccountRecord, PersonRecord } from '../account.entity.js';
import { refuseUnlessSignedInRecently } from '../sessions/recent-sign-in.js';
import { hashPassword } from './password.js';
import { SingleUseLinks } from './single-use-links.js';
import { accountSubject, Throttle } from './throttle.js';

const VERIFY_MINUTES = 24 * 60;
const RESET_MINUTES = 60;
/** Each costs a slow hash or a mail to somebody; all within the throttle's window. */
const SIGN_UPS_PER_ADDRESS = 300;
const RESETS_PER_ADDRESS = 100;
const RESETS_PER_EMAIL = 10;

@Injectable()
export class AccountsService {
  constructor(
    private readonly database: DataSource,
    private readonly links: SingleUseLinks,
    private readonly mailbox: Mailbox,
    private readonly throttle: Throttle,
    private readonly events: EventLog,
  ) {}

  /** Answers the same whether the e-mail was free or not: its owner alone learns it, by mail. */
  async create(actor: Actor, input: CreateAccount): Promise<{ email: string; state: 'unverified' }> {
    await this.throttle.take({ [`sign-up:${actor.address}`]: SIGN_UPS_PER_ADDRESS });
    const passwordHash = await hashPassword(input.password);
    try {
      await this.database.transaction(async (tx) => {
        const account = await this.insert(tx, input.email, input.name, passwordHash);
        await this.mailVerification(tx, account, input.email);
        await this.events.append({ ...actor, account }, { kind: 'account-created', subject: account }, tx);
      });
    } catch (error) {
      if (!isConflict(error, 'person_email')) throw error;
      await this.mailbox.keep(this.database.manager, {
        account: null,
        to: input.email,
        subject: 'You already have an account',
        body: 'Somebody, perhaps you, signed up with this e-mail address again. Nothing has changed. Reset the password if you have lost it.',
      });
    }
    return { email: input.email, state: 'unverified' };
  }

  /** Returns the id of the new account, without a password where a provider vouches for it; a unique index refuses a second one of the same e-mail. */
  async insert(tx: EntityManager, email: string, name: string, passwordHash: string | null): Promise<string> {
    const id = uuidv7();
    await tx.insert(AccountRecord, { id, passwordHash });
    await tx.insert(PersonRecord, { accountId: id, email, name });
    await tx.query('INSERT INTO licensee (id, account_id) VALUES ($1, $2)', [uuidv7(), id]);
    await tx.query('INSERT INTO holder (id, account_id) VALUES ($1, $2)', [uuidv7(), id]);
    return id;
  }

  async resendVerification(actor: PersonActor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const person = await tx.findOneByOrFail(PersonRecord, { accountId: actor.account });
      await this.mailVerification(tx, actor.account, person.email ?? '');
    });
  }

  async mailReset(actor: Actor, email: string): Promise<void> {
    await this.throttle.take({ [`reset:${email}`]: RESETS_PER_EMAIL, [`reset-from:${actor.address}`]: RESETS_PER_ADDRESS });
    await this.database.transaction(async (tx) => {
      const [person] = await tx.query<{ account_id: string; email: string }[]>(
        'SELECT account_id, email FROM person WHERE lower(email) = lower($1)',
        [email],
      );
      if (!person) return;
      const link = await this.links.issue(tx, 'reset-password', person.account_id, RESET_MINUTES);
      await this.mailbox.keep(tx, {
        account: person.account_id,
        to: person.email,
        subject: 'Reset your password',
        body: 'Open this page within an hour to choose a new password. If you did not ask for it, ignore this mail.',
        link: { label: 'Choose a new password', url: link },
      });
      await this.events.append(actor, { kind: 'password-reset-asked', subject: person.account_id }, tx);
    });
  }

  /** A new password ends all sessions and access tokens: whoever had the old one is out, and whoever failed with it may try again. */
  async resetPassword(actor: Actor, token: string, password: string): Promise<void> {
    const passwordHash = await hashPassword(password);
    await this.database.transaction(async (tx) => {
      const account = await this.links.redeem(tx, 'reset-password', token);
      await tx.query('UPDATE account SET password_hash = $2, verified_at = coalesce(verified_at, now()) WHERE id = $1', [
        account,
        passwordHash,
      ]);
      if (account) await this.throttle.forget(accountSubject(account), tx);
      await tx.query('DELETE FROM session WHERE account_id = $1', [account]);
      await tx.query('UPDATE access_token SET revoked_at = now() WHERE account_id = $1 AND revoked_at IS NULL', [account]);
      await this.events.append(actor, { kind: 'password-reset', subject: account }, tx);
    });
  }

  /** From a session: it stays, the others and all access tokens end. */
  async changePassword(actor: PersonActor, password: string): Promise<void> {
    const passwordHash = await hashPassword(password);
    await this.database.transaction(async (tx) => {
      await refuseUnlessSignedInRecently(tx, actor);
      await tx.query('UPDATE account SET password_hash = $2 WHERE id = $1', [actor.account, passwordHash]);
      await tx.query('DELETE FROM session WHERE account_id = $1 AND id IS DISTINCT FROM $2', [actor.account, actor.session?.id]);
      await tx.query('UPDATE access_token SET revoked_at = now() WHERE account_id = $1 AND revoked_at IS NULL', [actor.account]);
      await this.events.append(actor, { kind: 'password-changed', subject: actor.account }, tx);
    });
  }

  async mailVerification(tx: EntityManager, account: string, email: string): Promise<void> {
    const link = await this.links.issue(tx, 'verify-email', account, VERIFY_MINUTES);
    await this.mailbox.keep(tx, {
      account,
      to: email,
      subject: 'Confirm your e-mail address',
      body: 'Open this page within a day to confirm that this address is yours.',
      link: { label: 'Confirm the address', url: link },
    });
  }
}
