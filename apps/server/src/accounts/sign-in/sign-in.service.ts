import { Injectable } from '@nestjs/common';
import type { SignIn } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import type { Actor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';
import { SessionsService, type OpenedSession } from '../sessions/sessions.service.js';
import { NOBODYS_HASH, verifyPassword } from './password.js';
import { accountSubject, Throttle } from './throttle.js';

const FAILURES_PER_EMAIL = 10;
const FAILURES_PER_ADDRESS = 100;

/** Sign-in by e-mail and password. */
@Injectable()
export class SignInService {
  constructor(
    private readonly database: DataSource,
    private readonly sessions: SessionsService,
    private readonly throttle: Throttle,
    private readonly events: EventLog,
  ) {}

  /** An unknown e-mail and a wrong password are told alike and take as long. */
  async signIn(actor: Actor, { email, password }: SignIn): Promise<OpenedSession> {
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
    return this.database.transaction((tx) => this.sessions.open(tx, actor, known.id, 'password'));
  }
}
