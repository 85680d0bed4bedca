import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Mailbox } from '../../mail/mailbox.js';
import type { KeptAcceptanceRow } from './kept-acceptances.js';

const WHY = {
  'legal-hold': () => 'until a legal hold is lifted',
  grant: () => 'while a grant rests on it, and for the publisher’s retention period after that',
  retention: (until: string | undefined) => (until ? `until ${until}` : 'without an end that can be told'),
};

/** The last letter that somebody gets. It names nobody, so that it may stay in the outbox without its address. */
@Injectable()
export class ErasureLetters {
  constructor(private readonly mailbox: Mailbox) {}

  /** null where there is no address any more. */
  async write(tx: EntityManager, account: string, kept: readonly KeptAcceptanceRow[]): Promise<string | null> {
    const [person] = await tx.query<{ email: string | null }[]>('SELECT email FROM person WHERE account_id = $1', [account]);
    if (!person?.email) return null;
    return this.mailbox.keep(tx, { account, to: person.email, subject: 'Your account was erased', body: bodyOf(kept) });
  }

  /** The address goes, the words stay: they are nobody's. */
  async forgetAddress(tx: EntityManager, id: string): Promise<void> {
    await tx.query(`UPDATE mail SET recipient = '', reason = NULL, erased_at = now() WHERE id = $1`, [id]);
  }
}

function bodyOf(kept: readonly KeptAcceptanceRow[]): string {
  const begun =
    'You asked to be erased. Your grants, links, tokens, sessions, roles and memberships have ended. With this letter on its way, ' +
    'your address, your name and all that was kept of you are destroyed.';
  const end =
    'Delete the copies of weights that you still have, where their license asks for it. The evidence that you kept goes on to verify.';
  if (kept.length === 0) return [begun, 'Nothing is kept that could tell who you are.', end].join('\n\n');
  const lines = kept.map(({ model, publisher, until, why }) => `- ${model} (${publisher}): ${WHY[why](until?.toISOString().slice(0, 10))}`);
  return [
    begun,
    'Of licenses that you accepted or declined, the typed name is kept sealed, with the licensee and the hashes that it belongs to:',
    lines.join('\n'),
    'After that it is destroyed too. The public ledger holds no personal data.',
    end,
  ].join('\n\n');
}
