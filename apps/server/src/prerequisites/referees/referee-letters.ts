import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Runtime } from '../../http/runtime.js';
import { oneLine } from '../../mail/letter.js';
import { Mailbox } from '../../mail/mailbox.js';
import type { RefereeAddress, RefereeRow } from './referee-reading.js';

const LONGEST_NAME = 100;

/** Names are people's own words: one line of them, in quotes, and none of them an address that a mail program would turn into a link. */
function quoted(name: string | null): string {
  const plain = oneLine(name ?? 'somebody').replaceAll(/[:/\\.@]+(?=\S)/g, ' ');
  return `“${[...plain].slice(0, LONGEST_NAME).join('')}”`;
}

/** What referees are asked, and what applicants are told of their answers. */
@Injectable()
export class RefereeLetters {
  constructor(
    private readonly mailbox: Mailbox,
    private readonly runtime: Runtime,
  ) {}

  /** The secret stands behind `#`, where no log sees it; the page shows buttons that post, for mail scanners follow links. */
  async asked(tx: EntityManager, to: RefereeAddress, row: RefereeRow, secret: string, days: number): Promise<void> {
    await this.mailbox.keep(tx, {
      account: null,
      about: row.account_id,
      to: to.email,
      subject: `You are named as a referee for ${row.model}`,
      body:
        `${quoted(row.applicant)} asks for access to the model ${row.model} and names you, ${quoted(to.name)}, as somebody who knows them. ` +
        `Its publisher asks you to say whether that is so.\n\n` +
        `The page works once, for ${days} days. If you do not know them, say so there, or ignore this mail.`,
      link: { label: 'Answer', url: `${this.runtime.publicUrl}/referee#token=${secret}` },
    });
  }

  async answered(tx: EntityManager, row: RefereeRow, confirmed: boolean): Promise<void> {
    const [person] = await tx.query<{ email: string | null }[]>('SELECT email FROM person WHERE account_id = $1', [row.account_id]);
    if (!person?.email) return;
    await this.mailbox.keep(tx, {
      account: row.account_id,
      to: person.email,
      subject: confirmed ? `Your referee for ${row.model} has confirmed` : `Your referee for ${row.model} has declined`,
      body: confirmed
        ? 'Whoever you named has confirmed that they know you. You can go on with your request.'
        : 'Whoever you named does not confirm that they know you. You may name somebody else.',
      link: { label: 'Go on', url: `${this.runtime.publicUrl}/models/${row.model}/prerequisites` },
    });
  }
}
