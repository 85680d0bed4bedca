import { Injectable } from '@nestjs/common';
import { nextDigest, type MailState, type ReviewDigest } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Runtime } from '../http/runtime.js';
import { attach } from './attachments.js';
import { isAddress, plainText, sectionOf, subjectLine, type Letter, type Section } from './letter.js';

interface Beginning {
  state: MailState;
  dueAt: Date | null;
  reason: string | null;
}

/** Mail is written in the fact's own transaction; what becomes of it later cannot undo the fact, nor lose the mail. */
@Injectable()
export class Mailbox {
  constructor(private readonly runtime: Runtime) {}

  /** Returns the id; null where whoever it is for, or about, was erased meanwhile: then nothing is written. */
  async keep(tx: EntityManager, letter: Letter): Promise<string | null> {
    if (await concernsErased(tx, letter)) return null;
    const id = await this.write(tx, letter, [sectionOf(letter)], await this.beginning(tx, letter));
    await attach(tx, id, letter.attachments ?? []);
    return id;
  }

  /** Puts letters that were held into one, and returns its id. */
  async combine(tx: EntityManager, to: Pick<Letter, 'account' | 'to' | 'subject'>, sections: Section[]): Promise<string> {
    return this.write(tx, to, sections, this.sendable(to.to));
  }

  /** The state of mail that nothing holds back. */
  get firstState(): 'queued' | 'kept' {
    return this.runtime.config.PADDOCK_SMTP_URL ? 'queued' : 'kept';
  }

  private async beginning(tx: EntityManager, { account, digest, to }: Letter): Promise<Beginning> {
    const begin = this.sendable(to);
    if (!digest || !account || begin.state === 'failed') return begin;
    // Shared lock: a preference that changes meanwhile finds this letter among the held ones.
    const [preference] = await tx.query<{ review_digest: ReviewDigest }[]>(
      'SELECT review_digest FROM mail_preference WHERE account_id = $1 FOR SHARE',
      [account],
    );
    const wish = preference?.review_digest ?? 'each';
    if (wish === 'each') return begin;
    if (wish === 'off') return { ...begin, state: 'unwanted' };
    return { ...begin, state: 'held', dueAt: new Date(nextDigest(wish, this.runtime.now().getTime())) };
  }

  private sendable(to: string): Beginning {
    return isAddress(to)
      ? { state: this.firstState, dueAt: null, reason: null }
      : { state: 'failed', dueAt: null, reason: 'The recipient is not one e-mail address.' };
  }

  private async write(
    tx: EntityManager,
    { account, about, to, subject }: Pick<Letter, 'account' | 'about' | 'to' | 'subject'>,
    sections: Section[],
    { state, dueAt, reason }: Beginning,
  ): Promise<string> {
    const id = uuidv7();
    await tx.query(
      `INSERT INTO mail (id, account_id, recipient, subject, body, content, message_id, state, due_at, reason, about_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9, now()), $10, $11)`,
      [
        id,
        account,
        to,
        subjectLine(subject),
        plainText(sections),
        JSON.stringify(sections),
        `<${id}@${this.domain}>`,
        state,
        dueAt,
        reason,
        about ?? null,
      ],
    );
    return id;
  }

  /** The right side of Message-IDs (RFC 5322, section 3.6.4): the sender's domain. */
  private get domain(): string {
    return /@([\w.-]+)>?$/.exec(this.runtime.config.PADDOCK_MAIL_FROM ?? '')?.[1] ?? 'paddock.invalid';
  }
}

/** Shared locks: an erasure that comes now waits for the letter and empties it, one that came first is seen. */
async function concernsErased(tx: EntityManager, { account, about }: Letter): Promise<boolean> {
  const people = [account, about].filter((one) => typeof one === 'string');
  if (people.length === 0) return false;
  const rows = await tx.query<{ gone: boolean }[]>(
    'SELECT email IS NULL AS gone FROM person WHERE account_id = ANY ($1::uuid[]) ORDER BY account_id FOR KEY SHARE',
    [people],
  );
  return rows.some(({ gone }) => gone);
}
