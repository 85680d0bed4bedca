import type { EntityManager } from 'typeorm';

/** What the minimum is kept for has changed: every kept one is looked at again at once. */
export async function checkErasuresNow(tx: EntityManager): Promise<void> {
  await tx.query(`UPDATE erasure SET check_at = now() WHERE state = 'minimum-kept' AND check_at > now()`);
}
