import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Sweeps } from '../../jobs/sweeps.js';
import type { Section } from '../letter.js';
import { Mailbox } from '../mailbox.js';

const EVERY_MS = 1000;
const READERS_AT_ONCE = 100;
/** More letters than this make another digest. */
const LETTERS_AT_ONCE = 100;

interface HeldLetter {
  id: string;
  recipient: string;
  subject: string;
  content: Section[];
}

/** Puts the letters that are held for a reader into one mail when it is due. */
@Injectable()
export class Digests implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly mailbox: Mailbox,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'mail-digests', everyMs: EVERY_MS, run: () => this.combineDue() });
  }

  private async combineDue(): Promise<number> {
    const readers = await this.database.query<{ account: string }[]>(
      `SELECT DISTINCT account_id AS account FROM mail WHERE state = 'held' AND due_at <= now() LIMIT ${READERS_AT_ONCE}`,
    );
    for (const { account } of readers) await this.database.transaction((tx) => this.combine(tx, account));
    return readers.length;
  }

  private async combine(tx: EntityManager, account: string): Promise<void> {
    // Whoever holds the preference combines; letters that are being written wait for it.
    const mine = await tx.query<unknown[]>('SELECT 1 FROM mail_preference WHERE account_id = $1 FOR UPDATE SKIP LOCKED', [account]);
    if (mine.length === 0) return;
    const letters = await tx.query<HeldLetter[]>(
      `SELECT id, recipient, subject, content FROM mail WHERE account_id = $1 AND state = 'held' AND due_at <= now() ORDER BY id LIMIT ${LETTERS_AT_ONCE}`,
      [account],
    );
    const last = letters.at(-1);
    if (!last) return;
    const sections = letters.flatMap(({ subject, content }) => content.map((section) => ({ heading: subject, ...section })));
    const subject = letters.length === 1 ? last.subject : `${letters.length} things await your review`;
    const digest = await this.mailbox.combine(tx, { account, to: last.recipient, subject }, sections);
    await tx.query(`UPDATE mail SET state = 'combined', digest_id = $2 WHERE id = ANY ($1)`, [letters.map(({ id }) => id), digest]);
  }
}
