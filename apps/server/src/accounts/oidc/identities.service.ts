import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { isConflict } from '../../database/failure.js';
import type { Actor, PersonActor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';
import { SecurityLetters } from '../security-letters.js';
import { refuseUnlessSignedInRecently } from '../sessions/recent-sign-in.js';
import { renewEvidence, writeEvidence } from '../sign-in/evidence.js';
import { IdentityTickets } from './identity-tickets.js';
import { OidcProviders } from './oidc-providers.service.js';
import type { ProvedIdentity } from './proved-identity.js';

interface IdentityRow {
  provider: string;
  subject: string;
  created_at: Date;
  last_used_at: Date | null;
}

/** Which identities at providers belong to which account. */
@Injectable()
export class IdentitiesService {
  constructor(
    private readonly database: DataSource,
    private readonly providers: OidcProviders,
    private readonly tickets: IdentityTickets,
    private readonly letters: SecurityLetters,
    private readonly events: EventLog,
  ) {}

  async list(actor: PersonActor) {
    const rows = await this.database.query<IdentityRow[]>('SELECT * FROM identity WHERE account_id = $1 ORDER BY created_at', [
      actor.account,
    ]);
    const items = rows.map(({ provider, subject, created_at: createdAt, last_used_at: lastUsedAt }) => {
      const configured = this.providers.list().find(({ id }) => id === provider);
      return {
        provider,
        title: configured?.title ?? provider,
        kind: configured?.kind ?? 'generic',
        subject,
        state: configured ? 'linked' : 'unconfigured',
        createdAt,
        lastUsedAt,
      };
    });
    return { items, nextCursor: null };
  }

  /** The account that signs in with this identity. An ORCID iD is proved anew by it. */
  async accountOf(tx: EntityManager, { provider, issuer, subject }: ProvedIdentity): Promise<string | undefined> {
    const [rows] = await tx.query<[{ account_id: string; kind: string }[], number]>(
      `UPDATE identity i SET last_used_at = now() FROM account a
       WHERE i.provider = $1 AND i.issuer = $2 AND i.subject = $3 AND a.id = i.account_id AND a.erased_at IS NULL RETURNING i.account_id, i.kind`,
      [provider, issuer, subject],
    );
    const [known] = rows;
    if (known?.kind === 'orcid') await renewEvidence(tx, known.account_id, 'orcid');
    return known?.account_id;
  }

  /** A verified ORCID iD is evidence that models may ask for. */
  async link(tx: EntityManager, actor: Actor, account: string, identity: ProvedIdentity): Promise<void> {
    const { provider, issuer, subject } = identity;
    const { kind, title } = this.providers.find(provider);
    const id = uuidv7();
    try {
      await tx.query('INSERT INTO identity (id, account_id, provider, issuer, subject, kind) VALUES ($1, $2, $3, $4, $5, $6)', [
        id,
        account,
        provider,
        issuer,
        subject,
        kind,
      ]);
    } catch (error) {
      if (isConflict(error, 'identity_subject')) throw new Refusal('identity-taken', 'Another account, or this one, signs in with it.');
      if (isConflict(error, 'identity_provider'))
        throw new Refusal('identity-taken', 'This account has another identity at the same provider.');
      throw error;
    }
    if (identity.emailVerified) await verifySameEmail(tx, account, identity.email);
    if (kind === 'orcid') await writeEvidence(tx, account, 'orcid');
    await this.events.append({ ...actor, account }, { kind: 'identity-linked', subject: account, detail: { provider } }, tx);
    await this.letters.tell(tx, account, 'An identity was linked', `Your account can now be signed in to with ${title}.`);
  }

  /** What came from the provider's own callback, begun in a session of this account. */
  async linkFromSession(actor: Actor, account: string, identity: ProvedIdentity): Promise<void> {
    if (actor.account !== account || actor.via !== 'session')
      throw new Refusal('sign-in-attempt', 'The account that began this is not signed in here any more.');
    await this.database.transaction(async (tx) => {
      await refuseUnlessSignedInRecently(tx, actor as PersonActor);
      await this.link(tx, actor, account, identity);
    });
  }

  /** The second proof: whoever holds the ticket has just signed in to the account that has the e-mail. */
  async confirm(actor: PersonActor, ticket: string | undefined): Promise<void> {
    await this.database.transaction(async (tx) => {
      const identity = await this.tickets.redeem(tx, ticket, actor.account);
      await refuseUnlessSignedInRecently(tx, actor);
      await this.link(tx, actor, actor.account, identity);
    });
  }

  async unlink(actor: PersonActor, provider: string): Promise<void> {
    const configured = this.providers.list().map(({ id }) => id);
    await this.database.transaction(async (tx) => {
      await refuseUnlessSignedInRecently(tx, actor);
      const [, removed] = await tx.query<[unknown[], number]>('DELETE FROM identity WHERE account_id = $1 AND provider = $2', [
        actor.account,
        provider,
      ]);
      if (removed === 0) throw new Refusal('not-found', 'You have no identity there.');
      const ways = await tx.query<unknown[]>(
        `SELECT FROM account WHERE id = $1 AND password_hash IS NOT NULL
         UNION ALL SELECT FROM identity WHERE account_id = $1 AND provider = ANY ($2)`,
        [actor.account, configured],
      );
      if (ways.length === 0) throw new Refusal('last-way-in', 'This identity is the only way in: there is no password and no other one.');
      await this.events.append(actor, { kind: 'identity-unlinked', subject: actor.account, detail: { provider } }, tx);
      await this.letters.tell(
        tx,
        actor.account,
        'An identity was unlinked',
        `Your account can no longer be signed in to with ${provider}.`,
      );
    });
  }
}

/** The provider has made sure of an e-mail; where it is the account's own, that is known here too. */
async function verifySameEmail(tx: EntityManager, account: string, email: string | null): Promise<void> {
  await tx.query(
    `UPDATE account a SET verified_at = now() FROM person p
     WHERE a.id = $1 AND p.account_id = a.id AND lower(p.email) = lower($2) AND a.verified_at IS NULL`,
    [account, email],
  );
}
