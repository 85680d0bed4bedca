import { Injectable } from '@nestjs/common';
import type { FreshProof } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import type { PersonActor } from '../../http/actor.js';
import { RecoveryCodes } from '../second-factor/recovery-codes.js';
import { TotpService } from '../second-factor/totp.service.js';
import { refuseUnlessSignedInRecently } from '../sessions/recent-sign-in.js';
import { NOBODYS_HASH, verifyPassword } from './password.js';
import { Throttle } from './throttle.js';

const GUESSES = 10;

/** For what cannot be undone: whoever sits at a session proves once more that they are its person. */
@Injectable()
export class FreshProofs {
  constructor(
    private readonly database: DataSource,
    private readonly throttle: Throttle,
    private readonly totp: TotpService,
    private readonly codes: RecoveryCodes,
  ) {}

  async refuseUnlessProved(actor: PersonActor, proof: FreshProof): Promise<void> {
    const subject = `fresh-proof:${actor.account}`;
    await this.throttle.take({ [subject]: GUESSES });
    if (proof.method === 'password') await this.refuseWrongPassword(actor.account, proof.password);
    else await this.database.transaction((tx) => this.refuseUnproved(tx, actor, proof));
    await this.throttle.forget(subject);
  }

  private async refuseWrongPassword(account: string, password: string): Promise<void> {
    const [row] = await this.database.query<{ password_hash: string | null }[]>('SELECT password_hash FROM account WHERE id = $1', [
      account,
    ]);
    const right = await verifyPassword(password, row?.password_hash ?? NOBODYS_HASH);
    if (!right || !row?.password_hash) throw new Refusal('bad-credentials', 'This is not the password of the account.');
  }

  private async refuseUnproved(tx: EntityManager, actor: PersonActor, proof: Exclude<FreshProof, { method: 'password' }>): Promise<void> {
    if (proof.method === 'sign-in') return this.refuseOldSignIn(tx, actor);
    const { account } = actor;
    const right = proof.method === 'totp' ? await this.totp.use(tx, account, proof.code) : await this.codes.use(tx, account, proof.code);
    if (!right) throw new Refusal('bad-second-factor', 'The code is wrong, or was used already.');
  }

  /** Passkeys and providers prove at sign-in alone. Whoever has something to type types it. */
  private async refuseOldSignIn(tx: EntityManager, actor: PersonActor): Promise<void> {
    const [row] = await tx.query<{ typed: boolean }[]>(
      `SELECT password_hash IS NOT NULL OR EXISTS (SELECT FROM totp WHERE account_id = a.id AND confirmed_at IS NOT NULL) AS typed
       FROM account a WHERE id = $1`,
      [actor.account],
    );
    if (row!.typed)
      throw new Refusal('malformed-request', 'proof: this account has a password or codes; give one of them', { fields: ['proof'] });
    await refuseUnlessSignedInRecently(tx, actor);
  }
}
