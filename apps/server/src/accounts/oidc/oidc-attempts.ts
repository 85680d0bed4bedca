import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { createHmac, randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { hashSecret } from '../../http/keys.js';
import type { OidcChecks } from './oidc-providers.service.js';

const MINUTES = 10;

export interface BegunAttempt {
  /** For the browser's cookie alone. */
  browser: string;
  checks: OidcChecks;
  expiresAt: Date;
}

export interface EndedAttempt {
  checks: OidcChecks;
  /** Of who links an identity to their account; null for a sign-in. */
  account: string | null;
  returnTo: string | null;
}

/**
 * Ways to a provider and back, each good once, for ten minutes, in the browser that began it. The database holds hashes
 * alone: nonce and PKCE verifier are made from the browser's own secret.
 */
@Injectable()
export class OidcAttempts {
  constructor(private readonly database: DataSource) {}

  async begin(provider: string, account: string | null, returnTo: string | undefined): Promise<BegunAttempt> {
    const [browser, state] = [secret(), secret()];
    const [row] = await this.database.query<{ expires_at: Date }[]>(
      `INSERT INTO oidc_attempt (state_hash, browser_hash, provider, account_id, return_to, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + make_interval(mins => $6)) RETURNING expires_at`,
      [hashSecret(state), hashSecret(browser), provider, account, returnTo ?? null, MINUTES],
    );
    return { browser, checks: checksOf(browser, state), expiresAt: row!.expires_at };
  }

  /** Uses the attempt up, or refuses; in one statement, so that it works once. Another browser does not use it up. */
  async end(provider: string, query: string, browser: string | undefined): Promise<EndedAttempt> {
    const states = new URLSearchParams(query).getAll('state');
    const state = states.length === 1 ? states[0]! : '';
    const [rows] = await this.database.query<[{ account_id: string | null; return_to: string | null }[], number]>(
      `UPDATE oidc_attempt SET used_at = now() WHERE state_hash = $1 AND browser_hash = $2 AND provider = $3 AND used_at IS NULL AND expires_at > now()
       RETURNING account_id, return_to`,
      [hashSecret(state), hashSecret(browser ?? ''), provider],
    );
    const row = rows[0];
    if (!row || !browser) throw new Refusal('sign-in-attempt', 'No sign-in of this browser waits for that answer.');
    return { checks: checksOf(browser, state), account: row.account_id, returnTo: row.return_to };
  }
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function checksOf(browser: string, state: string): OidcChecks {
  const derived = (purpose: string) => createHmac('sha256', browser).update(`${purpose}:${state}`).digest('base64url');
  return { state, nonce: derived('nonce'), verifier: derived('verifier') };
}
