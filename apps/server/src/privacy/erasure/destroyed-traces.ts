import type { EntityManager } from 'typeorm';
import type { SealedRecords } from '../../accounts/sealed-records.js';
import { erasedAddress } from '../../grants/blocklist/erased-address.js';
import type { KeyRing } from '../../keyring/key-ring.js';
import { emptyLetters } from '../emptied-letters.js';

/** Everything plain about the person, and everything sealed but what their acceptances rest on. */
export async function destroyTraces(
  tx: EntityManager,
  account: string,
  { sealed, keys }: { sealed: SealedRecords; keys: KeyRing },
): Promise<void> {
  const [person] = await tx.query<{ email: string | null }[]>('SELECT email FROM person WHERE account_id = $1 FOR UPDATE', [account]);
  if (person?.email) await destroyAddress(tx, account, person.email, keys);
  await tx.query('UPDATE person SET email = NULL, name = NULL, organization = NULL, country = NULL WHERE account_id = $1', [account]);
  await emptyLetters(tx, 'account_id = $1 OR about_id = $1', [account]);
  const records = await tx.query<{ id: string }[]>(
    `SELECT id FROM sealed_record WHERE account_id = $1 AND kind <> 'acceptance' AND erased_at IS NULL`,
    [account],
  );
  await sealed.erase(
    tx,
    records.map(({ id }) => id),
  );
  await tx.query(`UPDATE referee SET domain = '' WHERE account_id = $1`, [account]);
  await tx.query(`UPDATE access_token SET name = '' WHERE account_id = $1`, [account]);
  await tx.query('DELETE FROM saved_view WHERE account_id = $1', [account]);
  await tx.query('DELETE FROM mail_preference WHERE account_id = $1', [account]);
  await tx.query('DELETE FROM idempotent_answer WHERE caller_id = $1', [account]);
}

/** Where the address itself stands. Of a block that holds, only what recognizes the address again is left. */
async function destroyAddress(tx: EntityManager, account: string, email: string, keys: KeyRing): Promise<void> {
  await emptyLetters(tx, 'recipient = $1', [email]);
  await tx.query(
    `UPDATE block SET account_id = coalesce(account_id, $1), value = CASE WHEN lifted_at IS NULL AND (valid_until IS NULL OR valid_until > now()) THEN $3 ELSE '' END
     WHERE kind = 'person' AND (account_id = $1 OR value = lower($2))`,
    [account, email, erasedAddress(keys, email)],
  );
  await tx.query('UPDATE invitation SET email = NULL, withdrawn_at = now() WHERE lower(email) = lower($1)', [email]);
  await tx.query('UPDATE role_invitation SET email = NULL, ended_at = now() WHERE lower(email) = lower($1)', [email]);
  await tx.query('DELETE FROM single_use_link WHERE lower(email) = lower($1)', [email]);
}
