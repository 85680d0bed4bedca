import { Injectable } from '@nestjs/common';
import type { NameReferee } from '@paddock/contracts';
import { isSameMailbox, mailDomain, Refusal } from '@paddock/domain';
import { randomBytes } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { SealedRecords } from '../../accounts/sealed-records.js';
import { Throttle } from '../../accounts/sign-in/throttle.js';
import { isConflict } from '../../database/failure.js';
import type { PersonActor } from '../../http/actor.js';
import { hashSecret } from '../../http/keys.js';
import { EventLog } from '../../ledger/event-log.js';
import { PrerequisitesService } from '../prerequisites.service.js';
import { RefereeLetters } from './referee-letters.js';
import { RefereeReading, type RefereeRow } from './referee-reading.js';

const DAYS = 14;
const MAILS_PER_REFEREE = 3;
const MAILS_A_DAY = 10;
/** Within the throttle's window, whoever sends. */
const MAILS_TO_ADDRESS = 5;

/** The applicant's side: who is named, asked again, or left in peace. */
@Injectable()
export class RefereesService {
  constructor(
    private readonly database: DataSource,
    private readonly prerequisites: PrerequisitesService,
    private readonly reading: RefereeReading,
    private readonly letters: RefereeLetters,
    private readonly sealed: SealedRecords,
    private readonly throttle: Throttle,
    private readonly events: EventLog,
  ) {}

  async name(actor: PersonActor, slug: string, { email, name }: NameReferee) {
    const { model, prerequisites } = await this.prerequisites.askedOf(this.database.manager, actor, slug);
    if (!prerequisites.some(({ kind }) => kind === 'referee')) throw new Refusal('referee-not-asked', 'Its terms name no referee.');
    await refuseOwnAddress(this.database.manager, actor.account, email);
    await this.throttle.take({ [`referee:${email}`]: MAILS_TO_ADDRESS });
    try {
      return await this.database.transaction((tx) => this.insert(tx, actor, model, email, name));
    } catch (error) {
      if (isConflict(error, 'referee_outstanding'))
        throw new Refusal('referee-waiting', 'Somebody whom you named for this model has yet to answer.', { state: 'waiting' });
      throw error;
    }
  }

  async list(actor: PersonActor, slug: string) {
    return { items: await this.reading.ofApplicant(actor.account, slug), nextCursor: null };
  }

  /** With a new link; the one of the earlier mail has ended. */
  async resend(actor: PersonActor, id: string) {
    const found = await this.reading.byId(this.database.manager, actor.account, id);
    const address = found && (await this.reading.address(this.database.manager, found));
    if (!address) throw new Refusal('not-found', 'You named no such referee.');
    await this.throttle.take({ [`referee:${address.email}`]: MAILS_TO_ADDRESS });
    return this.database.transaction(async (tx) => {
      const row = await this.locked(tx, actor, id);
      if (row.mails >= MAILS_PER_REFEREE)
        throw new Refusal('referee-limit', `${MAILS_PER_REFEREE} mails went to them already.`, { state: 'waiting' });
      await refuseFlood(tx, actor.account);
      const secret = randomBytes(32).toString('base64url');
      await tx.query(
        'UPDATE referee SET token_hash = $2, mails = mails + 1, expires_at = now() + make_interval(days => $3) WHERE id = $1',
        [id, hashSecret(secret), DAYS],
      );
      await this.letters.asked(tx, address, row, secret, DAYS);
      await this.events.append(actor, { kind: 'referee-asked', subject: id, model: row.model_id, detail: { mails: row.mails + 1 } }, tx);
      return this.shown(tx, actor, id);
    });
  }

  async withdraw(actor: PersonActor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await this.locked(tx, actor, id);
      await tx.query('UPDATE referee SET withdrawn_at = now() WHERE id = $1', [id]);
      await this.events.append(actor, { kind: 'referee-withdrawn', subject: id, model: row.model_id }, tx);
    });
  }

  private async insert(tx: EntityManager, actor: PersonActor, model: string, email: string, name: string) {
    await refuseFlood(tx, actor.account);
    await tx.query(
      'UPDATE referee SET withdrawn_at = now() WHERE account_id = $1 AND model_id = $2 AND answered_at IS NULL AND withdrawn_at IS NULL AND expires_at <= now()',
      [actor.account, model],
    );
    const [id, secret] = [uuidv7(), randomBytes(32).toString('base64url')];
    await tx.query(
      `INSERT INTO referee (id, account_id, model_id, sealed_id, domain, token_hash, expires_at) VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7))`,
      [
        id,
        actor.account,
        model,
        await this.sealed.write(tx, actor.account, 'referee', { email, name }),
        mailDomain(email),
        hashSecret(secret),
        DAYS,
      ],
    );
    await this.letters.asked(tx, { email, name }, (await this.reading.byId(tx, actor.account, id))!, secret, DAYS);
    await this.events.append(actor, { kind: 'referee-asked', subject: id, model, detail: { mails: 1 } }, tx);
    return this.shown(tx, actor, id);
  }

  private async shown(tx: EntityManager, actor: PersonActor, id: string) {
    return this.reading.shown(tx, (await this.reading.byId(tx, actor.account, id))!);
  }

  /** The applicant's own, locked, and waiting for the answer. */
  private async locked(tx: EntityManager, actor: PersonActor, id: string): Promise<RefereeRow> {
    await tx.query('SELECT FROM referee WHERE id = $1 FOR NO KEY UPDATE', [id]);
    const row = await this.reading.byId(tx, actor.account, id);
    if (!row) throw new Refusal('not-found', 'You named no such referee.');
    const state = this.reading.state(row);
    if (state !== 'waiting' && state !== 'expired') throw new Refusal('referee-ended', `This inquiry is ${state}.`, { state });
    return row;
  }
}

/** Mail goes out in a person's name only once they are who they say, and never to themselves. */
async function refuseOwnAddress(tx: EntityManager, account: string, email: string): Promise<void> {
  const [person] = await tx.query<{ email: string | null; verified: boolean }[]>(
    'SELECT p.email, a.verified_at IS NOT NULL AS verified FROM account a JOIN person p ON p.account_id = a.id WHERE a.id = $1',
    [account],
  );
  if (!person?.verified) throw new Refusal('email-unconfirmed', 'Mail to a referee names you; confirm your own address first.');
  if (person.email !== null && isSameMailbox(person.email, email))
    throw new Refusal('referee-own', 'This address is your own, or reaches the same mailbox.');
}

/** One person's mails to referees, in all their applications. They wait for one another, so that none slips past the count. */
async function refuseFlood(tx: EntityManager, account: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`referees ${account}`]);
  const [row] = await tx.query<{ mails: number; seconds: number | null }[]>(
    `SELECT coalesce(sum(mails), 0)::int AS mails, greatest(1, ceil(extract(epoch FROM min(created_at) + interval '1 day' - now())))::int AS seconds
     FROM referee WHERE account_id = $1 AND created_at > now() - interval '1 day'`,
    [account],
  );
  if (row!.mails >= MAILS_A_DAY)
    throw new Refusal('referee-limit', `At most ${MAILS_A_DAY} mails a day go to referees.`, { retryAfter: row!.seconds });
}
