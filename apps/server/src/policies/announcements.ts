import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

/**
 * Says that licensees are to be told of a text that will bind, in the transaction that makes it so. Whoever knows the
 * grants tells them, a few at a time.
 */
export async function announceText(tx: EntityManager, kind: 'snapshot' | 'license-version', subject: string): Promise<void> {
  await tx.query('INSERT INTO text_announcement (id, kind, subject_id) VALUES ($1, $2, $3)', [uuidv7(), kind, subject]);
}
