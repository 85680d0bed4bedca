import { Injectable } from '@nestjs/common';
import type { AssertedCredential, GiveSecondFactor } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../../http/actor.js';
import { SessionsService, type OpenedSession } from '../sessions/sessions.service.js';
import { renewEvidence } from '../sign-in/evidence.js';
import { Throttle } from '../sign-in/throttle.js';
import { PasskeysService } from './passkeys.service.js';
import { RecoveryCodes } from './recovery-codes.js';
import { SecondFactorRecords } from './second-factor-records.js';
import { TotpService } from './totp.service.js';

const FAILURES_PER_ACCOUNT = 10;
const FAILURES_PER_ADDRESS = 100;
const CHALLENGES_PER_ADDRESS = 300;

/** The second step of signing in, and the one step of who signs in by passkey. */
@Injectable()
export class SecondFactorSignIn {
  constructor(
    private readonly database: DataSource,
    private readonly sessions: SessionsService,
    private readonly totp: TotpService,
    private readonly passkeys: PasskeysService,
    private readonly codes: RecoveryCodes,
    private readonly throttle: Throttle,
    private readonly records: SecondFactorRecords,
  ) {}

  async passkeyOptions(actor: Actor) {
    await this.throttle.take({ [`passkey-options:${actor.address}`]: CHALLENGES_PER_ADDRESS });
    return this.passkeys.assertionOptions(pendingOf(actor));
  }

  async signInOptions(actor: Actor) {
    await this.throttle.take({ [`passkey-options:${actor.address}`]: CHALLENGES_PER_ADDRESS });
    return this.passkeys.assertionOptions(null);
  }

  async signInByPasskey(actor: Actor, response: AssertedCredential): Promise<OpenedSession> {
    await this.throttle.take({ [`passkey:${actor.address}`]: CHALLENGES_PER_ADDRESS });
    const { account } = await this.passkeys.prove(null, response);
    return this.database.transaction(async (tx) => {
      await renewEvidence(tx, account, 'second-factor');
      return this.sessions.open(tx, actor, account, 'passkey');
    });
  }

  async give(actor: Actor, input: GiveSecondFactor): Promise<OpenedSession> {
    const pending = pendingOf(actor);
    const subject = `second-factor:${pending.account}`;
    const address = `second-factor-from:${actor.address}`;
    await this.throttle.take({ [subject]: FAILURES_PER_ACCOUNT, [address]: FAILURES_PER_ADDRESS });
    try {
      if (input.method === 'passkey') await this.passkeys.prove(pending, input.response);
      const opened = await this.database.transaction(async (tx) => {
        if (input.method !== 'passkey') await this.refuseWrongCode(tx, actor, pending.account, input);
        if (input.method !== 'recovery-code') await renewEvidence(tx, pending.account, 'second-factor');
        return this.sessions.complete(tx, actor, pending.id, pending.account, input.method);
      });
      await this.throttle.forget(subject);
      await this.throttle.giveBack(address);
      return opened;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'bad-second-factor') await this.records.refused(actor, pending.account, input.method);
      throw error;
    }
  }

  private async refuseWrongCode(
    tx: EntityManager,
    actor: Actor,
    account: string,
    { method, code }: Exclude<GiveSecondFactor, { method: 'passkey' }>,
  ): Promise<void> {
    const right = method === 'totp' ? await this.totp.use(tx, account, code) : await this.codes.use(tx, account, code);
    if (!right) throw new Refusal('bad-second-factor', 'The code is wrong, or was used already.');
    if (method === 'recovery-code') await this.records.recovered(tx, actor, account);
  }
}

function pendingOf(actor: Actor): { id: string; account: string } {
  if (!actor.pendingSession) throw new Refusal('unauthenticated', 'Sign in first; no sign-in waits for a second factor here.');
  return actor.pendingSession;
}
