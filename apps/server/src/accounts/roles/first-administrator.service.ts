import { Injectable } from '@nestjs/common';
import type { FirstAdministrator } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { isConflict } from '../../database/failure.js';
import type { Actor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';
import { AccountsService } from '../sign-in/accounts.service.js';
import { hashPassword } from '../sign-in/password.js';
import { SingleUseLinks } from '../sign-in/single-use-links.js';

const LINK_MINUTES = 60;
/** Any number serves: it keeps two servers from making two first administrators. */
const LOCK = 7_223_451;

@Injectable()
export class FirstAdministratorService {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: AccountsService,
    private readonly links: SingleUseLinks,
    private readonly events: EventLog,
  ) {}

  /** While no administrator exists, makes the configured one. */
  async make(email: string, password: string): Promise<boolean> {
    const passwordHash = await hashPassword(password);
    return this.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
      if (await this.exists(tx)) return false;
      // An account that has the e-mail already keeps its own password.
      const [known] = await tx.query<{ account_id: string }[]>('SELECT account_id FROM person WHERE lower(email) = lower($1)', [email]);
      const account = known?.account_id ?? (await this.accounts.insert(tx, email, 'Administrator', passwordHash));
      await this.promote(tx, 'start', account);
      return true;
    });
  }

  /** While no administrator exists, a single-use link to become one. */
  async link(): Promise<string | undefined> {
    return this.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
      return (await this.exists(tx)) ? undefined : this.links.issue(tx, 'first-administrator', null, LINK_MINUTES);
    });
  }

  async redeem(actor: Actor, input: FirstAdministrator): Promise<void> {
    const passwordHash = await hashPassword(input.password);
    try {
      await this.database.transaction(async (tx) => {
        await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
        await this.links.redeem(tx, 'first-administrator', input.token);
        if (await this.exists(tx)) throw new Refusal('single-use-link', 'The portal has an administrator already.');
        await this.promote(tx, actor.requestId, await this.accounts.insert(tx, input.email, input.name, passwordHash));
      });
    } catch (error) {
      if (isConflict(error, 'person_email'))
        throw new Refusal('malformed-request', 'email: an account has this e-mail already', { fields: ['email'] });
      throw error;
    }
  }

  private async promote(tx: EntityManager, requestId: string, account: string): Promise<void> {
    await tx.query('UPDATE account SET verified_at = coalesce(verified_at, now()) WHERE id = $1', [account]);
    await tx.query(`INSERT INTO role_assignment (id, account_id, role, scope) VALUES ($1, $2, 'admin', 'portal')`, [uuidv7(), account]);
    await this.events.append(
      { account, requestId },
      { kind: 'role-assigned', subject: account, detail: { role: 'admin', scope: 'portal' } },
      tx,
    );
  }

  private async exists(tx: EntityManager): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `SELECT 1 FROM role_assignment WHERE role = 'admin' AND scope = 'portal' AND (valid_until IS NULL OR valid_until > now()) LIMIT 1`,
    );
    return rows.length > 0;
  }
}
