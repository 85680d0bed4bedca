import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';

const WINDOW = '15 minutes';

/** Failures are counted in the database, so that several servers count together. */
@Injectable()
export class Throttle {
  constructor(private readonly database: DataSource) {}

  /** Throws when one of the subjects has failed its number of times within the window. */
  async refuseWhenExhausted(limits: Readonly<Record<string, number>>): Promise<void> {
    const subjects = Object.entries(limits).map(([subject, most]) => ({ key: keyOf(subject), most }));
    const rows = await this.database.query<{ subject: string; failures: number; seconds: number }[]>(
      `SELECT subject, failures, ceil(extract(epoch FROM window_ends - now()))::int AS seconds FROM attempt WHERE subject = ANY($1) AND window_ends > now()`,
      [subjects.map(({ key }) => key)],
    );
    for (const row of rows) {
      const most = subjects.find(({ key }) => key === row.subject)?.most ?? 0;
      if (row.failures >= most) throw new Refusal('too-many-attempts', `Try again in ${row.seconds} seconds.`, { retryAfter: row.seconds });
    }
  }

  async countFailure(subjects: string[]): Promise<void> {
    await this.database.query(
      `INSERT INTO attempt AS a (subject, failures, window_ends) SELECT unnest($1::text[]), 1, now() + interval '${WINDOW}'
       ON CONFLICT (subject) DO UPDATE SET
         failures = CASE WHEN a.window_ends > now() THEN a.failures + 1 ELSE 1 END,
         window_ends = CASE WHEN a.window_ends > now() THEN a.window_ends ELSE excluded.window_ends END`,
      [subjects.map(keyOf).toSorted()],
    );
  }

  async forget(subject: string): Promise<void> {
    await this.database.query('DELETE FROM attempt WHERE subject = $1', [keyOf(subject)]);
  }
}

/** E-mails and addresses are personal data: only their hashes are kept. */
function keyOf(subject: string): string {
  return createHash('sha256').update(subject.toLowerCase()).digest('base64url');
}
