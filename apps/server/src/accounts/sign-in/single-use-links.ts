import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { hashSecret } from '../../http/keys.js';
import { Runtime } from '../../http/runtime.js';

export type SingleUseKind = 'verify-email' | 'reset-password' | 'first-administrator';

/** The page of each kind: it shows a button that posts, for mail scanners follow links. */
const PAGES: Readonly<Record<SingleUseKind, string>> = {
  'verify-email': '/verify-email',
  'reset-password': '/reset-password',
  'first-administrator': '/setup',
};

/** Links that work once: kept as a hash, the secret behind `#`, where no log sees it. */
@Injectable()
export class SingleUseLinks {
  constructor(private readonly runtime: Runtime) {}

  /** A new link ends the older ones of the same kind and account. */
  async issue(tx: EntityManager, kind: SingleUseKind, account: string | null, minutes: number): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await tx.query('DELETE FROM single_use_link WHERE kind = $1 AND account_id IS NOT DISTINCT FROM $2', [kind, account]);
    await tx.query(
      `INSERT INTO single_use_link (token_hash, kind, account_id, expires_at) VALUES ($1, $2, $3, now() + make_interval(mins => $4))`,
      [hashSecret(token), kind, account, minutes],
    );
    return `${this.runtime.publicUrl}${PAGES[kind]}#token=${token}`;
  }

  /** Uses the link up and returns its account, or refuses; both in one statement, so that it works once. */
  async redeem(tx: EntityManager, kind: SingleUseKind, token: string): Promise<string | null> {
    const [rows] = await tx.query<[{ account_id: string | null }[], number]>(
      'UPDATE single_use_link SET used_at = now() WHERE token_hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > now() RETURNING account_id',
      [hashSecret(token), kind],
    );
    const row = rows[0];
    if (!row) throw new Refusal('single-use-link', 'The link was used, replaced or has expired.');
    return row.account_id;
  }
}
