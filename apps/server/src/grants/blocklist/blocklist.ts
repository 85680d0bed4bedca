import { Refusal } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import type { KeyRing } from '../../keyring/key-ring.js';
import { erasedAddresses } from './erased-address.js';

interface BlockRow {
  reason: string;
  valid_until: Date | null;
}

/** By account, by verified address, by its domain or a domain above it. An address that was only typed blocks nobody. */
const BLOCKS = `
  SELECT b.reason, b.valid_until FROM account a JOIN person p ON p.account_id = a.id JOIN block b ON b.lifted_at IS NULL
    AND (b.valid_until IS NULL OR b.valid_until > now()) AND (b.publisher_id IS NULL OR b.publisher_id = $2)
    AND (b.account_id = a.id OR (a.verified_at IS NOT NULL AND CASE b.kind WHEN 'person' THEN b.value = lower(p.email) OR b.value = ANY ($3::text[])
      ELSE lower(split_part(p.email, '@', 2)) = b.value OR right(lower(p.email), length(b.value) + 1) = '.' || b.value END))
  WHERE a.id = $1 ORDER BY b.valid_until DESC NULLS FIRST LIMIT 1`;

/** Whoever is shut out neither applies nor accepts; grants that they hold are staff's to revoke. */
export async function refuseBlocked(tx: EntityManager, keys: KeyRing, account: string, publisher: string): Promise<void> {
  const [person] = await tx.query<{ email: string | null }[]>('SELECT email FROM person WHERE account_id = $1', [account]);
  const [block] = await tx.query<BlockRow[]>(BLOCKS, [account, publisher, erasedAddresses(keys, person?.email ?? '')]);
  if (!block) return;
  const until = block.valid_until ? `until ${block.valid_until.toISOString()}` : 'until further notice';
  throw new Refusal('blocked', `${block.reason} (${until})`, { until: block.valid_until });
}
