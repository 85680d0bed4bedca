import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { hashSecret, sealJson, unsealJson } from '../../http/keys.js';
import { Runtime } from '../../http/runtime.js';
import type { ProvedIdentity } from './proved-identity.js';

const MINUTES = 10;

export interface IssuedTicket {
  /** For the browser's cookie alone. */
  ticket: string;
  expiresAt: Date;
}

/** Identities that were proved and wait ten minutes for what is missing. Sealed, for they name people. */
@Injectable()
export class IdentityTickets {
  constructor(private readonly runtime: Runtime) {}

  /** `account` is the one that the identity may be linked to; null where an e-mail is missing. */
  async issue(tx: EntityManager, identity: ProvedIdentity, account: string | null): Promise<IssuedTicket> {
    const ticket = randomBytes(32).toString('base64url');
    const hash = hashSecret(ticket);
    const { key } = await this.runtime.keys.toSeal(tx, 'identity-tickets');
    const [row] = await tx.query<{ expires_at: Date }[]>(
      'INSERT INTO identity_ticket (token_hash, account_id, identity, expires_at) VALUES ($1, $2, $3, now() + make_interval(mins => $4)) RETURNING expires_at',
      [hash, account, sealJson(key, identity, hash.toString('hex')), MINUTES],
    );
    return { ticket, expiresAt: row!.expires_at };
  }

  /** Uses the ticket up and returns its identity. Whoever is not the account that it waits for leaves it unused. */
  async redeem(tx: EntityManager, ticket: string | undefined, account: string | null): Promise<ProvedIdentity> {
    const hash = hashSecret(ticket ?? '');
    const [row] = await tx.query<{ account_id: string | null; identity: Buffer }[]>(
      'SELECT account_id, identity FROM identity_ticket WHERE token_hash = $1 AND used_at IS NULL AND expires_at > now() FOR UPDATE',
      [hash],
    );
    if (!row || (row.account_id === null) !== (account === null))
      throw new Refusal('sign-in-attempt', 'No identity waits in this browser, or it has waited too long.');
    if (row.account_id !== account)
      throw new Refusal('link-account', 'You are signed in to another account than the one that has its e-mail.');
    await tx.query('UPDATE identity_ticket SET used_at = now() WHERE token_hash = $1', [hash]);
    return this.runtime.keys.opened('identity-tickets', (key) => unsealJson<ProvedIdentity>(key, row.identity, hash.toString('hex')));
  }
}
