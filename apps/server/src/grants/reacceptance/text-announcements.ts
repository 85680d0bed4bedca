import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { contactsOf } from '../../accounts/licensees/contacts.js';
import { Runtime } from '../../http/runtime.js';
import { Sweeps } from '../../jobs/sweeps.js';
import { Mailbox } from '../../mail/mailbox.js';
import { announcedLetter, type AnnouncedText } from './announced-letter.js';

const AT_ONCE = 50;

/** One announcement at a time to each process; it stays open until its text is in force, for those who accept the old one meanwhile. */
const OPEN =
  'SELECT id, kind, subject_id FROM text_announcement WHERE done_at IS NULL ORDER BY id LIMIT 1 OFFSET $1 FOR UPDATE SKIP LOCKED';

interface OpenAnnouncement {
  id: string;
  kind: 'snapshot' | 'license-version';
  subject_id: string;
}

/** Grants whose acceptance is of an earlier text than $1. */
const HELD = {
  snapshot: `
    SELECT g.id, g.licensee_id, g.model_id FROM snapshot s
    JOIN agreement_policy ap ON ap.policy_id = s.policy_id JOIN snapshot bound ON bound.id = ap.snapshot_id AND bound.effective_from < s.effective_from
    JOIN acceptance a ON a.agreement_id = ap.agreement_id JOIN access_grant g ON g.acceptance_id = a.id AND g.ended_at IS NULL WHERE s.id = $1`,
  'license-version': `
    SELECT g.id, g.licensee_id, g.model_id FROM license_version v JOIN license_version old ON old.license_id = v.license_id AND old.n < v.n
    JOIN acceptance a ON a.license_version_id = old.id JOIN access_grant g ON g.acceptance_id = a.id AND g.ended_at IS NULL WHERE v.id = $1`,
};

const TEXT = {
  snapshot: `SELECT p.title, '/policies/' || p.slug AS path, s.effective_from, s.reaccept_from FROM snapshot s JOIN policy p ON p.id = s.policy_id WHERE s.id = $1`,
  'license-version': `SELECT l.title || ', version ' || v.n AS title, '/licenses/' || l.slug AS path, v.effective_from, v.reaccept_from FROM license_version v JOIN license l ON l.id = v.license_id WHERE v.id = $1`,
};

/** Each licensee once, by the first of their grants. */
const NEXT = (kind: OpenAnnouncement['kind']) => `
  WITH held AS (${HELD[kind]})
  SELECT h.id, h.licensee_id AS licensee, m.slug AS model FROM held h JOIN model m ON m.id = h.model_id
  WHERE h.id > coalesce((SELECT told_up_to FROM text_announcement WHERE id = $2), '00000000-0000-0000-0000-000000000000')
    AND NOT EXISTS (SELECT FROM held earlier WHERE earlier.licensee_id = h.licensee_id AND earlier.id < h.id)
  ORDER BY h.id LIMIT ${AT_ONCE}`;

/** Tells licensees of texts that will bind, a few at a time: how far it came and the letters stand in one transaction. */
@Injectable()
export class TextAnnouncements implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly mailbox: Mailbox,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'text-announcements', everyMs: 2000, run: () => this.tellAll() });
  }

  private async tellAll(): Promise<number> {
    let told = 0;
    for (let skipped = 0; ;) {
      const batch = await this.database.transaction((tx) => this.tellSome(tx, skipped));
      if (batch === undefined) return told;
      told += batch.told;
      if (batch.told === 0 && !batch.done) skipped += 1;
    }
  }

  private async tellSome(tx: EntityManager, skipped: number): Promise<{ told: number; done: boolean } | undefined> {
    const [announcement] = await tx.query<OpenAnnouncement[]>(OPEN, [skipped]);
    if (!announcement) return undefined;
    const { id, kind, subject_id: subject } = announcement;
    const [text] = await tx.query<AnnouncedText[]>(TEXT[kind], [subject]);
    const grants = await tx.query<{ id: string; licensee: string; model: string }[]>(NEXT(kind), [subject, id]);
    for (const grant of grants) await this.tell(tx, grant, text!);
    const done = grants.length === 0 && text!.effective_from <= this.runtime.now();
    await tx.query(
      'UPDATE text_announcement SET told_up_to = coalesce($2, told_up_to), done_at = CASE WHEN $3 THEN now() END WHERE id = $1',
      [id, grants.at(-1)?.id ?? null, done],
    );
    return { told: grants.length, done };
  }

  private async tell(tx: EntityManager, { licensee, model }: { licensee: string; model: string }, text: AnnouncedText): Promise<void> {
    const letter = announcedLetter(text, model, this.runtime.publicUrl);
    for (const { account, email } of await contactsOf(tx, licensee)) await this.mailbox.keep(tx, { account, to: email, ...letter });
  }
}
