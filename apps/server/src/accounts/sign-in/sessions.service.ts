import { Injectable } from '@nestjs/common';
import type { SignIn } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { Actor } from '../../http/actor.js';
import { hashSecret } from '../../http/keys.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog } from '../../ledger/event-log.js';
import { NOBODYS_HASH, verifyPassword } from './password.js';
import { accountSubject, Throttle } from './throttle.js';

const FAILURES_PER_EMAIL = 10;
const FAILURES_PER_ADDRESS = 100;

@Injectable()
export class SessionsService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly throttle: Throttle,
    private readonly events: EventLog,
  ) {}

  /** Returns the session's secret, for the cookie alone. An unknown e-mail and a wrong password are told alike and take as long. */
  async signIn(actor: Actor, { email, password }: SignIn): Promise<{ secret: string; expiresAt: Date }> {
    const [known] = await this.database.query<{ id: string; password_hash: string | null }[]>(
      'SELECT a.id, a.password_hash FROM person p JOIN account a ON a.id = p.account_id WHERE lower(p.email) = lower($1) AND a.erased_at IS NULL',
      [email],
    );
    // By account, not by what was typed: another spelling of the same e-mail is no further attempt.
    const subject = known ? accountSubject(known.id) : `email:${email}`;
    const address = `address:${actor.address}`;
    await this.throttle.take({ [subject]: FAILURES_PER_EMAIL, [address]: FAILURES_PER_ADDRESS });
    const right = await verifyPassword(password, known?.password_hash ?? NOBODYS_HASH);
    if (!known || !right) {
      await this.events.append(actor, { kind: 'sign-in', subject: known?.id ?? null, code: 'bad-credentials' });
      throw new Refusal('bad-credentials', 'No account has this e-mail and password.');
    }
    await this.throttle.forget(subject);
    await this.throttle.giveBack(address);
    return this.open(actor, known.id);
  }

  async signOut(secret: string): Promise<void> {
    await this.database.query('DELETE FROM session WHERE token_hash = $1', [hashSecret(secret)]);
  }

  private async open(actor: Actor, account: string): Promise<{ secret: string; expiresAt: Date }> {
    const secret = randomBytes(32).toString('base64url');
    const expiresAt = new Date(this.runtime.now().getTime() + this.runtime.config.PADDOCK_SESSION_HOURS * 3_600_000);
    await this.database.transaction(async (tx) => {
      await tx.query('DELETE FROM session WHERE account_id = $1 AND expires_at < now()', [account]);
      await tx.query('INSERT INTO session (token_hash, account_id, expires_at) VALUES ($1, $2, $3)', [
        hashSecret(secret),
        account,
        expiresAt,
      ]);
      await this.events.append({ ...actor, account }, { kind: 'sign-in', subject: account }, tx);
    });
    return { secret, expiresAt };
  }
}
