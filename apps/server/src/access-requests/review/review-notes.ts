import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { SealedRecords } from '../../accounts/sealed-records.js';
import type { PersonActor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';
import type { AccessRequestRecord } from '../request/access-request.entity.js';

interface NoteRow {
  id: string;
  sealed_id: string;
  by: string | null;
  created_at: Date;
}

/** What reviewers write to one another about a request. It is about a person, so it is sealed under that person's key. */
@Injectable()
export class ReviewNotes {
  constructor(
    private readonly sealed: SealedRecords,
    private readonly events: EventLog,
  ) {}

  async write(tx: EntityManager, actor: PersonActor, record: AccessRequestRecord, text: string) {
    const sealedId = await this.sealed.write(tx, record.applicantId, 'note', { text });
    const [row] = await tx.query<NoteRow[]>(
      `INSERT INTO review_note (id, request_id, account_id, sealed_id) VALUES ($1, $2, $3, $4)
       RETURNING id, sealed_id, created_at, (SELECT name FROM person WHERE account_id = $3) AS by`,
      [uuidv7(), record.id, actor.account, sealedId],
    );
    await this.events.append(actor, { kind: 'review-noted', subject: record.id, model: record.modelId }, tx);
    return { id: row!.id, by: row!.by, text, at: row!.created_at };
  }

  async ofRequest(tx: EntityManager, request: string) {
    const rows = await tx.query<NoteRow[]>(
      'SELECT n.id, n.sealed_id, n.created_at, p.name AS by FROM review_note n LEFT JOIN person p ON p.account_id = n.account_id WHERE n.request_id = $1 ORDER BY n.created_at, n.id',
      [request],
    );
    return Promise.all(
      rows.map(async ({ id, sealed_id, by, created_at }) => ({
        id,
        by,
        text: (await this.sealed.read<{ text: string }>(sealed_id, tx))?.text ?? null,
        at: created_at,
      })),
    );
  }
}
