import { Injectable } from '@nestjs/common';
import type { MailPreferences } from '@paddock/contracts';
import { nextDigest, type MailState, type ReviewDigest } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { Runtime } from '../../http/runtime.js';
import { Mailbox } from '../mailbox.js';

@Injectable()
export class MailPreferencesService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly mailbox: Mailbox,
  ) {}

  async find(account: string): Promise<MailPreferences> {
    const [row] = await this.database.query<{ review_digest: ReviewDigest }[]>(
      'SELECT review_digest FROM mail_preference WHERE account_id = $1',
      [account],
    );
    return { reviewDigest: row?.review_digest ?? 'each' };
  }

  /** What is held already follows the new wish: it leaves at once, with the next digest, or not at all. */
  async put(account: string, { reviewDigest }: MailPreferences): Promise<void> {
    const now = this.runtime.now();
    const digest = reviewDigest === 'daily' || reviewDigest === 'weekly' ? new Date(nextDigest(reviewDigest, now.getTime())) : now;
    const state: MailState = reviewDigest === 'each' ? this.mailbox.firstState : reviewDigest === 'off' ? 'unwanted' : 'held';
    await this.database.transaction(async (tx) => {
      await tx.query(
        'INSERT INTO mail_preference (account_id, review_digest) VALUES ($1, $2) ON CONFLICT (account_id) DO UPDATE SET review_digest = $2',
        [account, reviewDigest],
      );
      await tx.query(`UPDATE mail SET state = $2, due_at = $3, queued_at = now() WHERE account_id = $1 AND state = 'held'`, [
        account,
        state,
        digest,
      ]);
    });
  }
}
