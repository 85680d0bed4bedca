import type { EntityManager } from 'typeorm';
import { refuseWithoutAdministrator } from '../../../accounts/roles/roles.service.js';
import type { EventLog, Origin } from '../../../ledger/event-log.js';

/** All that somebody signs in with, or has signed in with. Challenges of passkeys go with their session. */
const TABLES = [
  'session',
  'identity',
  'identity_ticket',
  'oidc_attempt',
  'totp',
  'webauthn_credential',
  'recovery_code',
  'single_use_link',
] as const;

/** Nobody signs in to the account any more, by whatever way; its roles end. Refuses where it is the last administrator's. */
export async function removeWaysIn(tx: EntityManager, origin: Origin & { account: string }, events: EventLog): Promise<void> {
  const { account } = origin;
  const [roles] = await tx.query<[{ role: string }[], number]>(
    'UPDATE role_assignment SET valid_until = now() WHERE account_id = $1 AND (valid_until IS NULL OR valid_until > now()) RETURNING role',
    [account],
  );
  for (const { role } of roles) await events.append(origin, { kind: 'role-ended', subject: account, detail: { role } }, tx);
  if (roles.length > 0) await refuseWithoutAdministrator(tx);
  const [tokens] = await tx.query<[{ id: string }[], number]>(
    'UPDATE access_token SET revoked_at = now() WHERE account_id = $1 AND revoked_at IS NULL RETURNING id',
    [account],
  );
  for (const { id } of tokens) await events.append(origin, { kind: 'token-revoked', subject: id }, tx);
  for (const table of TABLES) await tx.query(`DELETE FROM ${table} WHERE account_id = $1`, [account]);
  await tx.query('UPDATE account SET password_hash = NULL, erased_at = now() WHERE id = $1', [account]);
}
