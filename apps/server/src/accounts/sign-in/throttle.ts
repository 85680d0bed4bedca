import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { createHash } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';

const WINDOW = '15 minutes';

/** Failures are counted in the database, so that several servers count together. */
@Injectable()
export class Throttle {
  constructor(private readonly database: DataSource) {}

  /**
   * Counts an attempt of every subject before it is made, so that attempts side by side cannot pass the limit together.
   * Throws when one of them has used up its number within the window.
   */
  async take(limits: Readonly<Record<string, number>>): Promise<void> {
    const subjects = Object.entries(limits).map(([subject, most]) => ({ key: keyOf(subject), most }));
    const rows = await this.database.query<{ subject: string; failures: number; seconds: number }[]>(
      `INSERT INTO attempt AS a (subject, failures, window_ends) SELECT unnest($1::text[]), 1, now() + interval '${WINDOW}'
       ON CONFLICT (subject) DO UPDATE SET
         failures = CASE WHEN a.window_ends > now() THEN a.failures + 1 ELSE 1 END,
         window_ends = CASE WHEN a.window_ends > now() THEN a.window_ends ELSE excluded.window_ends END
       RETURNING subject, failures, greatest(1, ceil(extract(epoch FROM window_ends - now())))::int AS seconds`,
      [subjects.map(({ key }) => key).toSorted()],
    );
    for (const row of rows) {
      const most = subjects.find(({ key }) => key === row.subject)?.most ?? 0;
      if (row.failures > most) throw new Refusal('too-many-attempts', `Try again in ${row.seconds} seconds.`, { retryAfter: row.seconds });
    }
  }

  /** Takes back one attempt that was none. */
  async giveBack(subject: string): Promise<void> {
    await this.database.query('UPDATE attempt SET failures = failures - 1 WHERE subject = $1 AND failures > 0', [keyOf(subject)]);
  }

  /** The subject may try again at once. */
  async forget(subject: string, tx: EntityManager | DataSource = this.database): Promise<void> {
    await tx.query('DELETE FROM attempt WHERE subject = $1', [keyOf(subject)]);
  }
}

/** Whose password is guessed. */
export const accountSubject = (account: string) => `account:${account}`;

/** E-mails and addresses are personal data: only their hashes are kept. */
function keyOf(subject: string): string {
  return createHash('sha256').update(subject.toLowerCase()).digest('base64url');
}
