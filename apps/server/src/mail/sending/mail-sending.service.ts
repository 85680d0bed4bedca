import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { isMailGivenUp, mailBackoff, type MailState } from '@paddock/domain';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Runtime } from '../../http/runtime.js';
import { Sweeps } from '../../jobs/sweeps.js';
import { attachedTo, forgetAttached } from '../attachments.js';
import { isAddress } from '../letter.js';
import { MailMetrics } from './mail-metrics.js';
import { addressOf, messageOf, type WrittenMail } from './mail-message.js';
import type { Outcome } from './outcome.js';
import { SmtpSession } from './smtp-session.js';

/** Connections of one process to the mail server. */
const LANES = 4;
const EVERY_MS = 1000;
/** How long an attempt holds its mail: longer than the session's patience before the last line, and than the answer to it. */
const LEASE_S = 90;
const ANSWER_LEASE_S = 660;
const UNKNOWN = 'The connection to the mail server ended after it had the whole mail and before it answered.';

interface LeasedMail extends WrittenMail {
  attempts: number;
  queued_at: Date;
  lease: string;
}

const TAKE = `
  UPDATE mail SET attempts = attempts + 1, lease = $1, due_at = now() + make_interval(secs => ${LEASE_S})
  WHERE id = (SELECT id FROM mail WHERE state = 'queued' AND due_at <= now() ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING id, recipient, subject, body, content, message_id, created_at, attempts, queued_at, lease`;

/** Sends what is queued. Decision 0011 says why no mail is sent twice, and what that costs. */
@Injectable()
export class MailSending implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly sweeps: Sweeps,
    private readonly metrics: MailMetrics,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'mail-unconfirmed', everyMs: EVERY_MS, run: () => this.admitUnknown() });
    const { PADDOCK_SMTP_URL: url, PADDOCK_MAIL_FROM: from } = this.runtime.config;
    if (!url || !from) return;
    for (let lane = 0; lane < LANES; lane += 1)
      this.sweeps.add({ name: `mail-${lane}`, everyMs: EVERY_MS, run: () => this.sendDue(new URL(url), from) });
  }

  /** One after another over one connection; a server that is down is asked once, not once a mail. */
  private async sendDue(url: URL, from: string): Promise<number> {
    const session = new SmtpSession(url);
    const cut = () => session.cut('The portal stopped.');
    this.runtime.closing.addEventListener('abort', cut);
    let done = 0;
    try {
      for (let outcome: Outcome['kind'] = 'sent'; outcome !== 'retry' && !this.runtime.stopping; done += 1) {
        const mail = await this.take();
        if (!mail) break;
        const attributes = { 'paddock.mail': mail.id, 'paddock.attempt': mail.attempts };
        outcome = await this.runtime.tracing.traced('mail attempt', 'producer', attributes, () => this.attempt(session, mail, from));
      }
    } finally {
      this.runtime.closing.removeEventListener('abort', cut);
      session.close();
    }
    return done;
  }

  private async take(): Promise<LeasedMail | undefined> {
    const [rows] = await this.database.query<[LeasedMail[], number]>(TAKE, [randomUUID()]);
    return rows[0];
  }

  private async attempt(session: SmtpSession, mail: LeasedMail, from: string): Promise<Outcome['kind']> {
    const outcome: Outcome = isAddress(mail.recipient)
      ? await session.send({ from: addressOf(from), to: mail.recipient, message: await this.message(mail, from) }, () => this.mark(mail))
      : { kind: 'refused', words: 'The recipient is not one e-mail address.' };
    await this.settle(mail, outcome);
    if (outcome.kind === 'sent') await forgetAttached(this.database, mail.id);
    this.metrics.attempts.inc({ outcome: outcome.kind });
    this.runtime.logger.info({ mail: mail.id, attempt: mail.attempts, outcome: outcome.kind });
    return outcome.kind;
  }

  private async message(mail: LeasedMail, from: string): Promise<Buffer> {
    return messageOf(mail, from, await attachedTo(this.database, mail.id));
  }

  /** From here on nobody else may send this mail, whatever becomes of this process. */
  private async mark({ id, lease }: LeasedMail): Promise<void> {
    const [, marked] = await this.database.query<[unknown[], number]>(
      `UPDATE mail SET state = 'sending', due_at = now() + make_interval(secs => ${ANSWER_LEASE_S}) WHERE id = $1 AND lease = $2 AND state = 'queued'`,
      [id, lease],
    );
    if (marked === 0) throw new Error('Another attempt has taken the mail over.');
  }

  private async settle(mail: LeasedMail, { kind, words }: Outcome): Promise<void> {
    const givenUp = kind === 'retry' && isMailGivenUp(mail.queued_at.getTime(), this.runtime.now().getTime());
    const state: MailState = givenUp ? 'failed' : AFTER[kind];
    const reason = givenUp
      ? `Given up after five days. The last attempt: ${words}`
      : kind === 'unconfirmed'
        ? `${UNKNOWN} ${words}`
        : words;
    await this.database.query(
      `UPDATE mail SET state = $3, reason = $4, due_at = now() + make_interval(secs => $5), sent_at = CASE WHEN $3 = 'sent' THEN now() END, lease = NULL
       WHERE id = $1 AND lease = $2`,
      [mail.id, mail.lease, state, reason, mailBackoff(mail.attempts, Math.random())],
    );
  }

  /** A process that died, or lost the database, before it could say what the server answered. Its lease stays: a late answer still counts. */
  private async admitUnknown(): Promise<number> {
    const [, admitted] = await this.database.query<[unknown[], number]>(
      `UPDATE mail SET state = 'unconfirmed', reason = $1 WHERE state = 'sending' AND due_at <= now()`,
      ['The portal ended after the mail server had the whole mail and before its answer was written down.'],
    );
    return admitted;
  }
}

const AFTER: Readonly<Record<Outcome['kind'], MailState>> = {
  sent: 'sent',
  refused: 'failed',
  unconfirmed: 'unconfirmed',
  retry: 'queued',
};
