import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

export interface Letter {
  account: string | null;
  to: string;
  subject: string;
  body: string;
}

/** Mail is written in the fact's own transaction and kept; administrators read it on the outbox page. */
@Injectable()
export class Mailbox {
  async keep(tx: EntityManager, letter: Letter): Promise<void> {
    await tx.query('INSERT INTO mail (id, account_id, recipient, subject, body) VALUES ($1, $2, $3, $4, $5)', [
      uuidv7(),
      letter.account,
      letter.to,
      letter.subject,
      letter.body,
    ]);
  }
}
