import { Injectable } from '@nestjs/common';
import type { RegisterPasskey } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import type { PersonActor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';
import { SecurityLetters } from '../security-letters.js';
import { refuseUnlessSignedInRecently } from '../sessions/recent-sign-in.js';
import { writeEvidence } from '../sign-in/evidence.js';
import { Throttle } from '../sign-in/throttle.js';
import { PasskeysService } from './passkeys.service.js';
import { RecoveryCodes } from './recovery-codes.js';
import { TotpService } from './totp.service.js';

const GUESSES = 10;
const FACTORS = `
  SELECT id, 'totp' AS kind, 'Authenticator app' AS name, confirmed_at AS "createdAt", last_used_at AS "lastUsedAt" FROM totp WHERE account_id = $1 AND confirmed_at IS NOT NULL
  UNION ALL SELECT id, 'passkey', name, created_at, last_used_at FROM webauthn_credential WHERE account_id = $1`;

type Kind = 'totp' | 'passkey';
interface FactorRow {
  id: string;
  kind: Kind;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** The factors of an account as they come and go. */
@Injectable()
export class SecondFactorsService {
  constructor(
    private readonly database: DataSource,
    private readonly totp: TotpService,
    private readonly passkeys: PasskeysService,
    private readonly codes: RecoveryCodes,
    private readonly throttle: Throttle,
    private readonly letters: SecurityLetters,
    private readonly events: EventLog,
  ) {}

  factors(account: string): Promise<FactorRow[]> {
    return this.database.query<FactorRow[]>(`${FACTORS} ORDER BY "createdAt"`, [account]);
  }

  async confirmTotp(actor: PersonActor, code: string) {
    await this.throttle.take({ [`confirm-totp:${actor.account}`]: GUESSES });
    return this.enroll(actor, 'totp', (tx) => this.totp.confirm(tx, actor.account, code));
  }

  async addPasskey(actor: PersonActor, input: RegisterPasskey) {
    const credential = await this.passkeys.verifyNew(actor, input.response);
    return this.enroll(actor, 'passkey', (tx) => this.passkeys.add(tx, actor.account, input, credential));
  }

  async remove(actor: PersonActor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await refuseUnlessSignedInRecently(tx, actor);
      const rows = await tx.query<FactorRow[]>(FACTORS, [actor.account]);
      const factor = rows.find((row) => row.id === id);
      if (!factor) throw new Refusal('not-found', 'You have no such factor.');
      await tx.query('DELETE FROM totp WHERE id = $1', [id]);
      await tx.query('DELETE FROM webauthn_credential WHERE id = $1', [id]);
      if (rows.length === 1) await forgetSecondFactor(tx, actor.account);
      await this.events.append(actor, { kind: 'second-factor-removed', subject: actor.account, detail: { kind: factor.kind } }, tx);
      await this.letters.tell(tx, actor.account, 'A second factor was removed', `Removed from your account: ${told(factor.kind)}.`);
    });
  }

  async remakeRecoveryCodes(actor: PersonActor): Promise<string[]> {
    return this.database.transaction(async (tx) => {
      await refuseUnlessSignedInRecently(tx, actor);
      const factors = await tx.query<FactorRow[]>(FACTORS, [actor.account]);
      if (factors.length === 0) throw new Refusal('factor-missing', 'Recovery codes stand in for a second factor, and there is none.');
      await this.events.append(actor, { kind: 'recovery-codes-made', subject: actor.account }, tx);
      await this.letters.tell(
        tx,
        actor.account,
        'New recovery codes',
        'New recovery codes were made for your account; the older ones have ended.',
      );
      return this.codes.make(tx, actor.account);
    });
  }

  /** Who adds a factor has just used it: their session counts as one with it. The first one brings recovery codes. */
  private async enroll(actor: PersonActor, kind: Kind, add: (tx: EntityManager) => Promise<string>) {
    return this.database.transaction(async (tx) => {
      await refuseUnlessSignedInRecently(tx, actor);
      const before = await tx.query<FactorRow[]>(FACTORS, [actor.account]);
      const id = await add(tx);
      await tx.query('UPDATE session SET second_factor = true WHERE id = $1', [actor.session?.id]);
      await writeEvidence(tx, actor.account, 'second-factor');
      await this.events.append(actor, { kind: 'second-factor-added', subject: actor.account, detail: { kind } }, tx);
      await this.letters.tell(tx, actor.account, 'A second factor was added', `Added to your account: ${told(kind)}.`);
      const recoveryCodes = before.length === 0 ? await this.codes.make(tx, actor.account) : undefined;
      return { state: 'enrolled', id, ...(recoveryCodes && { recoveryCodes }) };
    });
  }
}

/** With its last factor an account has none that sessions and tokens could go on to stand for. */
async function forgetSecondFactor(tx: EntityManager, account: string): Promise<void> {
  await tx.query('DELETE FROM recovery_code WHERE account_id = $1', [account]);
  await tx.query('UPDATE session SET second_factor = false WHERE account_id = $1', [account]);
  await tx.query('UPDATE access_token SET second_factor = false WHERE account_id = $1', [account]);
}

function told(kind: Kind): string {
  return kind === 'totp' ? 'time-based codes of an authenticator app' : 'a passkey';
}
