import { Injectable } from '@nestjs/common';
import { Refusal, type TokenScope } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { prepared } from '../../database/prepared.js';
import type { HeldRole } from '../../http/actor.js';
import { hashSecret } from '../../http/keys.js';

/** Of an account, or of a service seat. */
export interface Identity {
  account: string | null;
  seat: string | null;
  scopes: TokenScope[];
  licensee: string | null;
  roles: HeldRole[];
  /** Whether a second factor was part of the sign-in, of a token: of the one that minted it. */
  secondFactor: boolean;
  /** The id of the access token. */
  token: string | null;
}

export interface SessionIdentity extends Identity {
  account: string;
  seat: null;
  session: string;
  state: 'signed-in' | 'second-factor-required';
  authenticatedAt: Date;
  /** Not marked as used for some minutes. */
  stale: boolean;
}

const ROLES = `coalesce((
  SELECT json_agg(json_build_object('id', r.id, 'opensSealed', r.opens_sealed, 'role', r.role, 'scope', r.scope, 'publisher', r.publisher_id, 'model', r.model_id))
  FROM role_assignment r WHERE r.account_id = a.id AND r.valid_from <= now() AND (r.valid_until IS NULL OR r.valid_until > now())
), '[]'::json) AS roles`;

const BY_SESSION = `
  SELECT a.id AS account, NULL::uuid AS seat, '{}'::text[] AS scopes, NULL::uuid AS licensee, ${ROLES}, s.second_factor AS "secondFactor", NULL::uuid AS token, s.id AS session, s.state,
    s.authenticated_at AS "authenticatedAt", s.last_used_at < now() - interval '5 minutes' AS stale
  FROM session s JOIN account a ON a.id = s.account_id
  WHERE s.token_hash = $1 AND s.expires_at > now() AND a.erased_at IS NULL`;

/** A token that is bound to an organization lives as long as the membership under which it was minted. */
export const BY_TOKEN = `
  SELECT a.id AS account, NULL::uuid AS seat, t.scopes, t.licensee_id AS licensee, ${ROLES}, t.second_factor AS "secondFactor", t.id AS token, false AS stale
  FROM access_token t JOIN account a ON a.id = t.account_id
  WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()) AND a.erased_at IS NULL
    AND (t.licensee_id IS NULL OR EXISTS (
      SELECT FROM licensee k LEFT JOIN membership m ON m.organization_id = k.organization_id AND m.account_id = a.id AND m.valid_until IS NULL
      WHERE k.id = t.licensee_id AND (k.account_id = a.id OR m.valid_from <= t.created_at)))
  UNION ALL
  SELECT NULL, s.id, s.scopes, k.id, '[]', false, NULL, coalesce(s.last_used_at < now() - interval '1 minute', true)
  FROM service_seat s JOIN licensee k ON k.organization_id = s.organization_id
  WHERE s.token_hash = $1 AND s.ended_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > now())`;

const USED = `UPDATE service_seat SET last_used_at = now() WHERE id = $1 AND ended_at IS NULL AND coalesce(last_used_at < now() - interval '1 minute', true)`;

/** Who a cookie or an access token stands for. Looked up by hash: nothing in the database can be presented as it is. */
@Injectable()
export class IdentityService {
  constructor(private readonly database: DataSource) {}

  async bySession(secret: string): Promise<SessionIdentity | undefined> {
    const [identity] = await prepared<SessionIdentity>(this.database, 'identity-by-session', BY_SESSION, [hashSecret(secret)]);
    if (identity?.stale) await this.database.query('UPDATE session SET last_used_at = now() WHERE id = $1', [identity.session]);
    return identity;
  }

  byToken(token: string): Promise<Identity> {
    return this.byTokenHash(hashSecret(token));
  }

  /** For what was issued to the bearer of an access token and ends with it. */
  async byTokenHash(hash: Buffer): Promise<Identity> {
    const [identity] = await prepared<Identity & { stale: boolean }>(this.database, 'identity-by-token', BY_TOKEN, [hash]);
    if (!identity) throw new Refusal('unauthenticated', 'This access token is unknown, expired or revoked.');
    if (identity.stale) await prepared(this.database, 'seat-used', USED, [identity.seat]);
    return identity;
  }
}
