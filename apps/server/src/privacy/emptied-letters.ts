import type { EntityManager } from 'typeorm';

/** Takes address, subject and text out of letters; what has not left is not sent any more. Returns how many there were. */
export async function emptyLetters(tx: EntityManager, condition: string, values: unknown[]): Promise<number> {
  const [, emptied] = await tx.query<[unknown[], number]>(
    `UPDATE mail SET recipient = '', subject = '', body = '', content = '[]', reason = NULL, lease = NULL, erased_at = now(),
       state = CASE WHEN state IN ('held', 'queued', 'sending', 'failed', 'unconfirmed') THEN 'unwanted' ELSE state END
     WHERE erased_at IS NULL AND (${condition})`,
    values,
  );
  return emptied;
}
