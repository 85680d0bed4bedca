import { Injectable } from '@nestjs/common';
import type { ListMail } from '@paddock/contracts';
import { Refusal, refuseUnfitMailCommand, type MailCommand, type MailState } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { page, readCursor } from '../http/cursor.js';
import { Mailbox } from './mailbox.js';

interface MailRow {
  id: string;
  recipient: string;
  subject: string;
  body: string;
  message_id: string;
  state: MailState;
  reason: string | null;
  attempts: number;
  due_at: Date;
  created_at: Date;
  sent_at: Date | null;
  at: string;
  attachments: string[];
}

const COLUMNS = `id, recipient, subject, body, message_id, state, reason, attempts, due_at, created_at, sent_at, to_json(created_at) #>> '{}' AS at,
  ARRAY(SELECT name FROM mail_attachment a WHERE a.mail_id = mail.id ORDER BY n) AS attachments`;

/** The mail that was written, as staff see it. */
@Injectable()
export class Outbox {
  constructor(
    private readonly database: DataSource,
    private readonly mailbox: Mailbox,
  ) {}

  async list(query: ListMail) {
    const cursor = readCursor(query.cursor);
    const rows = await this.database.query<MailRow[]>(
      `SELECT ${COLUMNS} FROM mail WHERE ($1::timestamptz IS NULL OR (created_at, id) < ($1, $2::uuid)) AND ($4::text IS NULL OR state = $4)
       ORDER BY created_at DESC, id DESC LIMIT $3`,
      [cursor?.at ?? null, cursor?.id ?? null, query.limit + 1, query.state ?? null],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => row);
    return { items: items.map(shown), nextCursor };
  }

  /** Queues a mail anew. Its Message-ID stays, so that a reader's mail program can tell a second copy. */
  async command(tx: EntityManager, id: string, command: MailCommand) {
    const [row] = await tx.query<{ state: MailState }[]>('SELECT state FROM mail WHERE id = $1 FOR UPDATE', [id]);
    if (!row) throw new Refusal('not-found', 'There is no such mail.');
    refuseUnfitMailCommand(row.state, command);
    if (this.mailbox.firstState === 'kept') throw new Refusal('mail-not-sent', 'No mail server is configured.');
    // Without its lease, an attempt that is under way stops before the last line.
    const [rows] = await tx.query<[MailRow[], number]>(
      `UPDATE mail SET state = 'queued', due_at = now(), queued_at = now(), attempts = 0, reason = NULL, lease = NULL WHERE id = $1 RETURNING ${COLUMNS}`,
      [id],
    );
    return shown(rows[0]!);
  }
}

function shown(row: MailRow) {
  return {
    id: row.id,
    recipient: row.recipient,
    subject: row.subject,
    body: row.body,
    attachments: row.attachments,
    messageId: row.message_id,
    state: row.state,
    reason: row.reason,
    attempts: row.attempts,
    dueAt: row.state === 'queued' || row.state === 'held' ? row.due_at : null,
    createdAt: row.created_at,
    sentAt: row.sent_at,
  };
}
