import type { Answers } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import type { SealedRecords } from '../../accounts/sealed-records.js';
import type { AccessRequestRecord } from './access-request.entity.js';

/** What was answered; nothing once the person's key is destroyed. */
export async function answersOf(sealed: SealedRecords, tx: EntityManager, { answersId }: AccessRequestRecord): Promise<Answers> {
  return answersId === null ? {} : ((await sealed.read<Answers>(answersId, tx)) ?? {});
}
