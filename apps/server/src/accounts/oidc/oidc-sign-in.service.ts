import { Injectable } from '@nestjs/common';
import type { CompleteSignUp } from '@paddock/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { isConflict } from '../../database/failure.js';
import type { Actor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';
import { SessionsService, type OpenedSession } from '../sessions/sessions.service.js';
import { AccountsService } from '../sign-in/accounts.service.js';
import { Throttle } from '../sign-in/throttle.js';
import { IdentitiesService } from './identities.service.js';
import { IdentityTickets, type IssuedTicket } from './identity-tickets.js';
import type { ProvedIdentity } from './proved-identity.js';

const SIGN_UPS_PER_ADDRESS = 100;

/** What a proved identity comes to. */
export type OidcOutcome = { provider: string } & (
  { state: 'opened'; session: OpenedSession } | { state: 'email-required' | 'link-required'; ticket: IssuedTicket }
);

/** From an identity that a provider has proved to a session here. */
@Injectable()
export class OidcSignIn {
  constructor(
    private readonly database: DataSource,
    private readonly identities: IdentitiesService,
    private readonly tickets: IdentityTickets,
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
    private readonly throttle: Throttle,
    private readonly events: EventLog,
  ) {}

  async signIn(actor: Actor, identity: ProvedIdentity): Promise<OidcOutcome> {
    const known = await this.database.transaction(async (tx) => {
      const account = await this.identities.accountOf(tx, identity);
      return account && this.opened(tx, actor, account, identity);
    });
    return known || this.newcomer(actor, identity);
  }

  /** Somebody whose provider told no e-mail types one. It is theirs only once they confirm it by mail. */
  async completeSignUp(actor: Actor, ticket: string | undefined, { email, name }: CompleteSignUp): Promise<OidcOutcome> {
    await this.throttle.take({ [`oidc-sign-up:${actor.address}`]: SIGN_UPS_PER_ADDRESS });
    const identity = await this.database.transaction((tx) => this.tickets.redeem(tx, ticket, null));
    return this.newcomer(actor, { ...identity, email, emailVerified: false, name: name ?? identity.name });
  }

  private async newcomer(actor: Actor, identity: ProvedIdentity): Promise<OidcOutcome> {
    const { email, provider } = identity;
    try {
      return await this.database.transaction(async (tx) => {
        if (email === null) return { provider, state: 'email-required', ticket: await this.tickets.issue(tx, identity, null) };
        const [owner] = await tx.query<{ account_id: string }[]>('SELECT account_id FROM person WHERE lower(email) = lower($1)', [email]);
        // An e-mail alone gives no account away: its owner signs in there too, and says yes.
        if (owner) return { provider, state: 'link-required', ticket: await this.tickets.issue(tx, identity, owner.account_id) };
        return this.opened(tx, actor, await this.signUp(tx, actor, identity, email), identity);
      });
    } catch (error) {
      // Somebody took the e-mail, or the identity itself, a moment ago.
      if (isConflict(error, 'person_email')) return this.signIn(actor, identity);
      throw error;
    }
  }

  private async signUp(tx: EntityManager, actor: Actor, identity: ProvedIdentity, email: string): Promise<string> {
    const account = await this.accounts.insert(tx, email, identity.name ?? email, null);
    await this.events.append(
      { ...actor, account },
      { kind: 'account-created', subject: account, detail: { provider: identity.provider } },
      tx,
    );
    if (!identity.emailVerified) await this.accounts.mailVerification(tx, account, email);
    await this.identities.link(tx, actor, account, identity);
    return account;
  }

  private async opened(tx: EntityManager, actor: Actor, account: string, { provider }: ProvedIdentity): Promise<OidcOutcome> {
    return { provider, state: 'opened', session: await this.sessions.open(tx, actor, account, 'oidc') };
  }
}
