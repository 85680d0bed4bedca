import { Injectable } from '@nestjs/common';
import type { AnswerInquiry } from '@paddock/contracts';
import { Refusal, refuseUnfitReferee } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { SealedRecords } from '../../accounts/sealed-records.js';
import { writeEvidence } from '../../accounts/sign-in/evidence.js';
import { Throttle } from '../../accounts/sign-in/throttle.js';
import type { Actor } from '../../http/actor.js';
import { hashSecret } from '../../http/keys.js';
import { EventLog } from '../../ledger/event-log.js';
import { RefereeLetters } from './referee-letters.js';
import { RefereeReading, type RefereeRow } from './referee-reading.js';

/** Of one address, within the throttle's window: the links cannot be guessed, but whoever tries should tire. */
const TRIES_PER_ADDRESS = 100;

/** The referee's side: what they are asked, and their answer. They need no account. */
@Injectable()
export class InquiriesService {
  constructor(
    private readonly database: DataSource,
    private readonly reading: RefereeReading,
    private readonly letters: RefereeLetters,
    private readonly sealed: SealedRecords,
    private readonly throttle: Throttle,
    private readonly events: EventLog,
  ) {}

  /** Who asks for what; nothing of what they answered. */
  async read(actor: Actor, token: string) {
    await this.throttle.take({ [`inquiry:${actor.address}`]: TRIES_PER_ADDRESS });
    const row = await this.waiting(this.database.manager, actor, token);
    const address = await this.reading.address(this.database.manager, row);
    const { model, title, publisher, expires_at: expiresAt } = row;
    return { state: 'waiting', applicant: row.applicant ?? '', model, title, publisher, referee: address?.name ?? '', expiresAt };
  }

  async answer(actor: Actor, input: AnswerInquiry) {
    await this.throttle.take({ [`inquiry:${actor.address}`]: TRIES_PER_ADDRESS });
    const { token, confirmed } = input;
    return this.database.transaction(async (tx) => {
      await tx.query('SELECT FROM referee WHERE token_hash = $1 FOR NO KEY UPDATE', [hashSecret(token)]);
      const row = await this.waiting(tx, actor, token);
      const answerId = input.relation ? await this.sealed.write(tx, row.account_id, 'referee', { relation: input.relation }) : null;
      await tx.query('UPDATE referee SET answered_at = now(), confirmed = $2, answer_id = $3 WHERE id = $1', [row.id, confirmed, answerId]);
      if (confirmed) await writeEvidence(tx, row.account_id, 'referee', { model: row.model_id, detail: { referee: row.id } });
      await this.letters.answered(tx, row, confirmed);
      const kind = confirmed ? 'referee-confirmed' : 'referee-declined';
      await this.events.append(actor, { kind, subject: row.id, model: row.model_id }, tx);
      return { state: confirmed ? 'confirmed' : 'declined' };
    });
  }

  private async waiting(tx: EntityManager, actor: Actor, token: string): Promise<RefereeRow> {
    const row = await this.reading.byToken(tx, hashSecret(token));
    if (!row) throw new Refusal('referee-link', 'No inquiry has this link; it may have been replaced by a newer mail.');
    refuseUnfitReferee(this.reading.state(row), row.account_id === actor.account);
    return row;
  }
}
