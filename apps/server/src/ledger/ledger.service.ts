import { Injectable } from '@nestjs/common';
import { entryBytes, type EntryKind } from '@paddock/ledger';
import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { prepared } from '../database/prepared.js';
import { v7 as uuidv7 } from 'uuid';

/** Appends to the ledger in the transaction of the fact itself: both stand, or neither. */
@Injectable()
export class LedgerService {
  /** `fact` is hashed with a fresh salt; only the hash enters the entry. */
  async append(tx: EntityManager, kind: EntryKind, subject: string, at: Date, fact: Record<string, unknown>): Promise<void> {
    const id = uuidv7();
    const salt = randomBytes(16);
    await prepared(
      tx,
      'ledger-entry',
      `WITH appended AS (INSERT INTO ledger_entry (id, kind, subject_id, entry, created_at) VALUES ($1, $2, $3, $4, $5))
       INSERT INTO ledger_salt (entry_id, salt) VALUES ($1, $6)`,
      [id, kind, subject, Buffer.from(entryBytes(kind, at, salt, factOfEntry(subject, fact))), at, salt],
    );
  }
}

/** What the salted hash in an entry is of: the fact with the id of its subject. */
export function factOfEntry(subject: string, fact: Record<string, unknown>): Record<string, unknown> {
  return { ...fact, id: subject };
}
