import { Refusal } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import type { PersonActor } from '../../http/actor.js';

const RECENT_MINUTES = 15;

/**
 * What keeps an account is changed only by who has just signed in, with a second factor where the account has one: neither
 * a screen left open nor a session from before the factor is enough. The account's row stays locked, so that such changes
 * come one after the other.
 */
export async function refuseUnlessSignedInRecently(tx: EntityManager, actor: PersonActor): Promise<void> {
  await tx.query('SELECT FROM account WHERE id = $1 FOR NO KEY UPDATE', [actor.account]);
  const [row] = await tx.query<{ recent: boolean }[]>(
    `SELECT s.authenticated_at > now() - make_interval(mins => $2) AND (s.second_factor OR NOT (
       EXISTS (SELECT FROM totp WHERE account_id = s.account_id AND confirmed_at IS NOT NULL)
       OR EXISTS (SELECT FROM webauthn_credential WHERE account_id = s.account_id))) AS recent
     FROM session s WHERE s.id = $1`,
    [actor.session?.id ?? null, RECENT_MINUTES],
  );
  if (!row?.recent) throw new Refusal('sign-in-again', `This needs a sign-in within the last ${RECENT_MINUTES} minutes.`);
}
