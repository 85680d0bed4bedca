import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Runtime } from '../http/runtime.js';
import { Mailbox } from '../mail/mailbox.js';

/** What people are told of organizations by mail. */
@Injectable()
export class OrganizationLetters {
  constructor(
    private readonly mailbox: Mailbox,
    private readonly runtime: Runtime,
  ) {}

  /** The secret stands behind `#`, where no log sees it; the page shows a button that posts, for mail scanners follow links. */
  async invited(tx: EntityManager, to: string, legalName: string, secret: string, days: number): Promise<void> {
    const link = `${this.runtime.publicUrl}/invitation#token=${secret}`;
    await this.mailbox.keep(tx, {
      account: null,
      to,
      subject: `Invitation to ${legalName}`,
      body:
        `An officer of ${legalName} invites you to join it on this portal. Sign in (or sign up with this very address), ` +
        `then open this page within ${days} days:\n\n${link}\n\nIf you do not know them, ignore this mail.`,
    });
  }

  async ended(tx: EntityManager, legalName: string, account: string, reason: string | undefined): Promise<void> {
    await this.write(tx, account, {
      subject: `You are no member of ${legalName} any more`,
      body: `An officer ended your membership.${reason ? ` The reason: ${reason}` : ''}\n\nYour links and tokens for the organization have ended with it; grants of your own stay.`,
    });
  }

  async seatsPassed(tx: EntityManager, legalName: string, account: string, seats: readonly string[]): Promise<void> {
    await this.write(tx, account, {
      subject: `You answer for service seats of ${legalName}`,
      body: `Their custodian has left. The seats: ${seats.join(', ')}\n\n${this.runtime.publicUrl}/organizations`,
    });
  }

  private async write(tx: EntityManager, account: string, letter: { subject: string; body: string }): Promise<void> {
    const [person] = await tx.query<{ email: string | null }[]>('SELECT email FROM person WHERE account_id = $1', [account]);
    if (person?.email) await this.mailbox.keep(tx, { account, to: person.email, ...letter });
  }
}
