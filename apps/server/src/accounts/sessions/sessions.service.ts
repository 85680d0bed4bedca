import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { randomBytes } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor, PersonActor } from '../../http/actor.js';
import { hashSecret } from '../../http/keys.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog } from '../../ledger/event-log.js';
import { openOrigin, sealOrigin } from './session-origins.js';

/** How long somebody may take to give the second factor. */
const HALF_SIGNED_IN_MS = 10 * 60_000;
const MOST_LISTED = 200;

export type SecondFactorMethod = 'totp' | 'passkey' | 'recovery-code';

export interface OpenedSession {
  /** For the cookie alone. */
  secret: string;
  state: 'signed-in' | 'second-factor-required';
  methods: SecondFactorMethod[];
  expiresAt: Date;
}

interface SessionRow {
  id: string;
  state: OpenedSession['state'];
  second_factor: boolean;
  created_at: Date;
  last_used_at: Date;
  expires_at: Date;
  origin: Buffer | null;
}

const METHODS = `
  SELECT 'totp' AS method FROM totp WHERE account_id = $1 AND confirmed_at IS NOT NULL
  UNION ALL SELECT 'passkey' WHERE EXISTS (SELECT FROM webauthn_credential WHERE account_id = $1)`;

/** Sessions from sign-in to their end. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly events: EventLog,
  ) {}

  /** `way` is how the person proved who they are. A passkey that verified its user is both factors; all else leaves the second to give. */
  async open(tx: EntityManager, actor: Actor, account: string, way: 'password' | 'oidc' | 'passkey'): Promise<OpenedSession> {
    const enrolled = await tx.query<{ method: SecondFactorMethod }[]>(METHODS, [account]);
    const state = way !== 'passkey' && enrolled.length > 0 ? 'second-factor-required' : 'signed-in';
    const secret = randomBytes(32).toString('base64url');
    const expiresAt = state === 'signed-in' ? this.wholeTerm() : this.halfTerm();
    const id = uuidv7();
    await tx.query('DELETE FROM session WHERE account_id = $1 AND expires_at < now()', [account]);
    await tx.query(
      'INSERT INTO session (token_hash, account_id, expires_at, id, state, second_factor, origin) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [hashSecret(secret), account, expiresAt, id, state, way === 'passkey', await sealOrigin(tx, this.runtime.keys, id, actor.userAgent)],
    );
    await this.events.append({ ...actor, account }, { kind: 'sign-in', subject: account, detail: { way, state } }, tx);
    const methods = state === 'signed-in' ? [] : [...enrolled.map(({ method }) => method), 'recovery-code' as const];
    return { secret, state, methods, expiresAt };
  }

  /** The half-open session under a new secret: the one that stood for a password alone opens nothing. */
  async complete(tx: EntityManager, actor: Actor, id: string, account: string, way: SecondFactorMethod): Promise<OpenedSession> {
    const secret = randomBytes(32).toString('base64url');
    const expiresAt = this.wholeTerm();
    const [, changed] = await tx.query<[unknown[], number]>(
      `UPDATE session SET token_hash = $2, expires_at = $3, state = 'signed-in', second_factor = true, authenticated_at = now() WHERE id = $1 AND state = 'second-factor-required'`,
      [id, hashSecret(secret), expiresAt],
    );
    if (changed === 0) throw new Refusal('unauthenticated', 'This session has ended or is open already.');
    await this.events.append({ ...actor, account }, { kind: 'second-factor', subject: account, detail: { way } }, tx);
    return { secret, state: 'signed-in', methods: [], expiresAt };
  }

  async signOut(secret: string): Promise<void> {
    await this.database.query('DELETE FROM session WHERE token_hash = $1', [hashSecret(secret)]);
  }

  async list(actor: PersonActor) {
    const rows = await this.database.query<SessionRow[]>(
      'SELECT * FROM session WHERE account_id = $1 AND expires_at > now() ORDER BY created_at DESC LIMIT $2',
      [actor.account, MOST_LISTED],
    );
    const items = rows.map(async (row) => ({
      id: row.id,
      state: row.state,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
      expiresAt: row.expires_at,
      userAgent: row.origin ? await openOrigin(this.runtime.keys, row.id, row.origin) : '',
      secondFactor: row.second_factor,
      current: row.id === actor.session?.id,
    }));
    return { items: await Promise.all(items), nextCursor: null };
  }

  async endOne(actor: PersonActor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [, ended] = await tx.query<[unknown[], number]>('DELETE FROM session WHERE id = $1 AND account_id = $2', [id, actor.account]);
      if (ended === 0) throw new Refusal('not-found', 'You have no such session.');
      await this.events.append(actor, { kind: 'session-ended', subject: id }, tx);
    });
  }

  /** All of the account's sessions, but for one that is to stay. */
  async endAll(tx: EntityManager, actor: PersonActor, except: string | null): Promise<void> {
    await tx.query('DELETE FROM session WHERE account_id = $1 AND id IS DISTINCT FROM $2', [actor.account, except]);
    await this.events.append(actor, { kind: 'sessions-ended', subject: actor.account }, tx);
  }

  private wholeTerm(): Date {
    return new Date(this.runtime.now().getTime() + this.runtime.config.PADDOCK_SESSION_HOURS * 3_600_000);
  }

  private halfTerm(): Date {
    return new Date(this.runtime.now().getTime() + HALF_SIGNED_IN_MS);
  }
}
