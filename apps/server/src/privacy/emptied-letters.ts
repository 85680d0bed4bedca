import type { EntityManager } from 'typeorm';

/**
 * Takes address, subject and text out of letters, and what they carry of a person; what has not left is not sent any more.
 * Returns how many there were.
 */
export async function emptyLetters(tx: EntityManager, condition: string, values: unknown[]): Promise<number> {
  const [row] = await tx.query<{ emptied: number }[]>(
    `WITH emptied AS (
       UPDATE mail SET recipient = '', subject = '', body = '', content = '[]', reason = NULL, lease = NULL, erased_at = now(),
         state = CASE WHEN state IN ('held', 'queued', 'sending', 'failed', 'unconfirmed') THEN 'unwanted' ELSE state END
       WHERE erased_at IS NULL AND (${condition}) RETURNING id),
     carried AS (UPDATE mail_attachment SET bytes = NULL WHERE bytes IS NOT NULL AND mail_id IN (SELECT id FROM emptied))
     SELECT count(*)::int AS emptied FROM emptied`,
    values,
  );
  return row!.emptied;
}
