import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Runtime } from '../../http/runtime.js';
import { Mailbox } from '../../mail/mailbox.js';
import { reviewersOf, type ReviewedRequest } from './reviewers.js';

export interface ReviewerNews {
  subject: string;
  body: string;
  link: { label: string; path: string };
  /** Whoever has it in hand is told alone. */
  assignedTo?: string | null;
  /** Who brought it about need not be told. */
  by?: string | null;
}

/** Tells the reviewers of a model what waits for them; each chooses letters one by one or as a digest. */
@Injectable()
export class ReviewerLetters {
  constructor(
    private readonly mailbox: Mailbox,
    private readonly runtime: Runtime,
  ) {}

  async tell(tx: EntityManager, request: ReviewedRequest, { subject, body, link, assignedTo, by }: ReviewerNews): Promise<void> {
    const all = await reviewersOf(tx, request);
    const told = (assignedTo && all.includes(assignedTo) ? [assignedTo] : all).filter((account) => account !== by);
    const people = await tx.query<{ account_id: string; email: string }[]>(
      'SELECT account_id, email FROM person WHERE account_id = ANY ($1::uuid[]) AND email IS NOT NULL',
      [told],
    );
    for (const { account_id: account, email: to } of people)
      await this.mailbox.keep(tx, {
        account,
        to,
        subject,
        body,
        link: { label: link.label, url: `${this.runtime.publicUrl}${link.path}` },
        digest: 'review',
      });
  }
}
