import { Injectable } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { Runtime } from '../../http/runtime.js';

const WAITING = ['held', 'queued', 'sending', 'failed', 'unconfirmed'] as const;

/** What operators watch: mail that piles up, and mail that waits for a person. */
@Injectable()
export class MailMetrics {
  readonly attempts: Counter<'outcome'>;

  constructor(database: DataSource, { metrics, logger }: Runtime) {
    this.attempts = new Counter({
      name: 'paddock_mail_attempts_total',
      help: 'Attempts of this process to send a mail.',
      labelNames: ['outcome'],
      registers: [metrics.registry],
    });
    const mails = new Gauge({
      name: 'paddock_mails',
      help: 'Mails that are not done with, by state, of the whole portal.',
      labelNames: ['state'],
      registers: [metrics.registry],
      collect: async () => {
        try {
          const rows = await database.query<{ state: string; n: number }[]>(
            `SELECT s.state, count(m.id)::int AS n FROM unnest($1::text[]) AS s (state) LEFT JOIN mail m ON m.state = s.state AND m.state IN ('held', 'queued', 'sending', 'failed', 'unconfirmed') GROUP BY s.state`,
            [WAITING],
          );
          for (const { state, n } of rows) mails.set({ state }, n);
        } catch (error) {
          // The other figures are worth having while the database does not answer.
          mails.reset();
          logger.warn({ metric: 'paddock_mails', error });
        }
      },
    });
  }
}
