import { Injectable } from '@nestjs/common';
import type { Erase } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { FreshProofs } from '../../accounts/sign-in/fresh-proofs.js';
import type { PersonActor } from '../../http/actor.js';
import { EventLog, type Origin } from '../../ledger/event-log.js';
import { erasureObstacles } from './ending/erasure-obstacles.js';
import { ErasureSteps, type ErasureRow } from './erasure-steps.js';

const ROW = 'SELECT account_id, state, letter_id FROM erasure WHERE account_id = $1 FOR UPDATE';

/** From the wish to be erased to the last step of it. */
@Injectable()
export class ErasuresService {
  constructor(
    private readonly database: DataSource,
    private readonly steps: ErasureSteps,
    private readonly events: EventLog,
    private readonly proofs: FreshProofs,
  ) {}

  /**
   * The wish and all endings stand in one transaction, so that a refusal leaves no wish behind that would be carried out some
   * other day. What follows goes on by itself, whatever happens to this process.
   */
  async request(actor: PersonActor, { proof }: Erase): Promise<void> {
    try {
      await this.proofs.refuseUnlessProved(actor, proof);
    } catch (error) {
      if (error instanceof Refusal) await this.events.append(actor, { kind: 'erasure-refused', subject: actor.account, code: error.code });
      throw error;
    }
    await this.database.transaction((tx) => this.begin(tx, actor));
    await this.advance(actor, actor.account);
  }

  /** Step by step, each in a transaction of its own, as far as it goes now. */
  async advance(origin: Origin, account: string): Promise<number> {
    let done = 0;
    while (await this.stepOf(origin, account)) done += 1;
    return done;
  }

  private async begin(tx: EntityManager, actor: PersonActor): Promise<void> {
    const { account } = actor;
    await tx.query('SELECT FROM account WHERE id = $1 FOR NO KEY UPDATE', [account]);
    const inserted = await tx.query<unknown[]>('INSERT INTO erasure (account_id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING account_id', [
      account,
    ]);
    const [row] = await tx.query<ErasureRow[]>(ROW, [account]);
    const [obstacle] = row!.state === 'requested' ? await erasureObstacles(tx, account) : [];
    if (obstacle) throw new Refusal(obstacle.code, obstacle.detail);
    if (inserted.length > 0) await this.events.append(actor, { kind: 'erasure-requested', subject: account }, tx);
    if (row!.state === 'requested') await this.steps.step(tx, actor, row!);
  }

  private stepOf(origin: Origin, account: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [row] = await tx.query<ErasureRow[]>(ROW, [account]);
      return row !== undefined && this.steps.step(tx, origin, row);
    });
  }
}
