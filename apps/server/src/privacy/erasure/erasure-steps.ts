import { Injectable } from '@nestjs/common';
import type { ErasureState } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { SealedRecords } from '../../accounts/sealed-records.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog, type Origin } from '../../ledger/event-log.js';
import { destroyTraces } from './destroyed-traces.js';
import { Endings } from './ending/endings.service.js';
import { ErasureLetters } from './erasure-letters.js';
import { keptAcceptances } from './kept-acceptances.js';

export interface ErasureRow {
  account_id: string;
  state: ErasureState;
  letter_id: string | null;
}

const LEFT = `SELECT state NOT IN ('queued', 'sending', 'held') OR created_at < now() - interval '1 day' AS left FROM mail WHERE id = $1`;
/** A grant may end, or a period pass, without anybody telling: an hour later at most it is noticed. */
const CHECK_MINUTES = 60;

/** One step after another, each whole in the transaction that it is given: whatever is killed goes on where it stood. */
@Injectable()
export class ErasureSteps {
  constructor(
    private readonly runtime: Runtime,
    private readonly sealed: SealedRecords,
    private readonly endings: Endings,
    private readonly letters: ErasureLetters,
    private readonly events: EventLog,
  ) {}

  /** Returns whether a step was made. The row must be locked. */
  async step(tx: EntityManager, origin: Origin, row: ErasureRow): Promise<boolean> {
    switch (row.state) {
      case 'requested':
        return this.end(tx, origin, row.account_id);
      case 'ended':
        return this.keepMinimum(tx, origin, row);
      case 'minimum-kept':
        return this.finish(tx, origin, row.account_id);
      case 'erased':
        return false;
    }
  }

  private async end(tx: EntityManager, { requestId }: Origin, account: string): Promise<boolean> {
    const origin = { account, requestId };
    await this.endings.end(tx, origin);
    const letter = await this.letters.write(tx, account, await keptAcceptances(tx, [account]));
    await tx.query(`UPDATE erasure SET state = 'ended', ended_at = now(), letter_id = $2 WHERE account_id = $1`, [account, letter]);
    await this.events.append(origin, { kind: 'erasure-ended', subject: account }, tx);
    return true;
  }

  private async keepMinimum(tx: EntityManager, origin: Origin, { account_id: account, letter_id: letter }: ErasureRow): Promise<boolean> {
    const [mail] = letter ? await tx.query<{ left: boolean }[]>(LEFT, [letter]) : [{ left: true }];
    if (!mail?.left) return false;
    if (letter) await this.letters.forgetAddress(tx, letter);
    await destroyTraces(tx, account, { sealed: this.sealed, keys: this.runtime.keys });
    await tx.query(`UPDATE erasure SET state = 'minimum-kept', minimum_at = now(), check_at = now() WHERE account_id = $1`, [account]);
    await this.events.append(origin, { kind: 'erasure-minimum-kept', subject: account }, tx);
    return true;
  }

  /** Erases what need not be kept any more; with the last of it the key goes, and who it was cannot be told again. */
  private async finish(tx: EntityManager, origin: Origin, account: string): Promise<boolean> {
    const now = this.runtime.now();
    const kept = await keptAcceptances(tx, [account]);
    const over = kept.filter(({ until }) => until !== null && until <= now);
    await this.sealed.erase(
      tx,
      over.map(({ sealed }) => sealed),
    );
    await tx.query('DELETE FROM ledger_salt WHERE entry_id IN (SELECT id FROM ledger_entry WHERE subject_id = ANY ($1::uuid[]))', [
      over.map(({ acceptance }) => acceptance),
    ]);
    for (const { acceptance } of over) await this.events.append(origin, { kind: 'acceptance-anonymized', subject: acceptance }, tx);
    if (over.length < kept.length || (await isHeld(tx, account))) {
      const next = kept.flatMap(({ until }) => (until !== null && until > now ? [until.getTime()] : []));
      const check = new Date(Math.min(...next, now.getTime() + CHECK_MINUTES * 60_000));
      await tx.query('UPDATE erasure SET check_at = $2 WHERE account_id = $1', [account, check]);
      return false;
    }
    await this.forget(tx, account);
    await tx.query(`UPDATE erasure SET state = 'erased', erased_at = now() WHERE account_id = $1`, [account]);
    await this.events.append(origin, { kind: 'erasure-completed', subject: account }, tx);
    return true;
  }

  private async forget(tx: EntityManager, account: string): Promise<void> {
    const records = await tx.query<{ id: string }[]>('SELECT id FROM sealed_record WHERE account_id = $1 AND erased_at IS NULL', [account]);
    await this.sealed.erase(
      tx,
      records.map(({ id }) => id),
    );
    await this.sealed.destroyKey(tx, account);
    await tx.query(`UPDATE legal_hold SET reason = '' WHERE subject_id = $1 AND lifted_at IS NOT NULL`, [account]);
  }
}

/** A hold on the person stands in the way of the end even where they accepted nothing. */
async function isHeld(tx: EntityManager, account: string): Promise<boolean> {
  const holds = await tx.query<unknown[]>(
    `SELECT FROM legal_hold WHERE lifted_at IS NULL AND (subject_id = $1 OR subject_id IN (SELECT id FROM licensee WHERE account_id = $1)) LIMIT 1`,
    [account],
  );
  return holds.length > 0;
}
