import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { hashSecret } from '../../http/keys.js';
import { Runtime } from '../../http/runtime.js';

export type SingleUseKind = 'verify-email' | 'reset-password' | 'first-administrator' | 'change-email';

/** The page of each kind: it shows a button that posts, for mail scanners follow links. */
const PAGES: Readonly<Record<SingleUseKind, string>> = {
  'verify-email': '/verify-email',
  'reset-password': '/reset-password',
  'first-administrator': '/setup',
  'change-email': '/verify-email',
};

/** Links that work once: kept as a hash, the secret behind `#`, where no log sees it. */
@Injectable()
export class SingleUseLinks {
  constructor(private readonly runtime: Runtime) {}

  /** A new link ends the older ones of the same kind and account. `email` is the address that it proves, where that is not the account's. */
  async issue(tx: EntityManager, kind: SingleUseKind, account: string | null, minutes: number, email?: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await tx.query('DELETE FROM single_use_link WHERE kind = $1 AND account_id IS NOT DISTINCT FROM $2', [kind, account]);
    await tx.query(
      `INSERT INTO single_use_link (token_hash, kind, account_id, expires_at, email) VALUES ($1, $2, $3, now() + make_interval(mins => $4), $5)`,
      [hashSecret(token), kind, account, minutes, email ?? null],
    );
    return `${this.runtime.publicUrl}${PAGES[kind]}#token=${token}`;
  }

  /** Uses the link up and returns its account, or refuses. */
  async redeem(tx: EntityManager, kind: SingleUseKind, token: string): Promise<string | null> {
    return (await use(tx, [kind], token)).account_id;
  }

  /** An address was confirmed: the account's own (`email` null), or one that it changes to. */
  async redeemConfirmation(tx: EntityManager, token: string): Promise<{ account: string; email: string | null }> {
    const { account_id: account, email } = await use(tx, ['verify-email', 'change-email'], token);
    return { account: account!, email };
  }
}

/** Both in one statement, so that a link works once. */
async function use(tx: EntityManager, kinds: SingleUseKind[], token: string): Promise<{ account_id: string | null; email: string | null }> {
  const [rows] = await tx.query<[{ account_id: string | null; email: string | null }[], number]>(
    'UPDATE single_use_link SET used_at = now() WHERE token_hash = $1 AND kind = ANY ($2) AND used_at IS NULL AND expires_at > now() RETURNING account_id, email',
    [hashSecret(token), kinds],
  );
  const row = rows[0];
  if (!row) throw new Refusal('single-use-link', 'The link was used, replaced or has expired.');
  return row;
}
