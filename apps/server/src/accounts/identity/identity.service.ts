import { Injectable } from '@nestjs/common';
import { Refusal, type RoleAssignment, type TokenScope } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { prepared } from '../../database/prepared.js';
import { hashSecret } from '../../http/keys.js';

export interface Identity {
  account: string;
  scopes: TokenScope[];
  licensee: string | null;
  roles: RoleAssignment[];
  /** Whether a second factor was part of the sign-in, of a token: of the one that minted it. */
  secondFactor: boolean;
}

export interface SessionIdentity extends Identity {
  session: string;
  state: 'signed-in' | 'second-factor-required';
  authenticatedAt: Date;
  /** Not marked as used for some minutes. */
  stale: boolean;
}

const ROLES = `coalesce((
  SELECT json_agg(json_build_object('role', r.role, 'scope', r.scope, 'publisher', r.publisher_id, 'model', r.model_id))
  FROM role_assignment r WHERE r.account_id = a.id AND r.valid_from <= now() AND (r.valid_until IS NULL OR r.valid_until > now())
), '[]'::json) AS roles`;

const BY_SESSION = `
  SELECT a.id AS account, '{}'::text[] AS scopes, NULL::uuid AS licensee, ${ROLES}, s.second_factor AS "secondFactor", s.id AS session, s.state,
    s.authenticated_at AS "authenticatedAt", s.last_used_at < now() - interval '5 minutes' AS stale
  FROM session s JOIN account a ON a.id = s.account_id
  WHERE s.token_hash = $1 AND s.expires_at > now() AND a.erased_at IS NULL`;

export const BY_TOKEN = `
  SELECT a.id AS account, t.scopes, t.licensee_id AS licensee, ${ROLES}, t.second_factor AS "secondFactor"
  FROM access_token t JOIN account a ON a.id = t.account_id
  WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()) AND a.erased_at IS NULL`;

/** Who a cookie or an access token stands for. Looked up by hash: nothing in the database can be presented as it is. */
@Injectable()
export class IdentityService {
  constructor(private readonly database: DataSource) {}

  async bySession(secret: string): Promise<SessionIdentity | undefined> {
    const [identity] = await prepared<SessionIdentity>(this.database, 'identity-by-session', BY_SESSION, [hashSecret(secret)]);
    if (identity?.stale) await this.database.query('UPDATE session SET last_used_at = now() WHERE id = $1', [identity.session]);
    return identity;
  }

  async byToken(token: string): Promise<Identity> {
    const [identity] = await prepared<Identity>(this.database, 'identity-by-token', BY_TOKEN, [hashSecret(token)]);
    if (!identity) throw new Refusal('unauthenticated', 'This access token is unknown, expired or revoked.');
    return identity;
  }
}
