import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Runtime } from '../../http/runtime.js';
import { Sweeps } from '../../jobs/sweeps.js';
import { SWEEP } from '../../ledger/event-log.js';
import { ErasureList } from './erasure-list.js';
import { ErasuresService } from './erasures.service.js';

const BEGUN = `SELECT account_id FROM erasure WHERE state = 'requested' ORDER BY requested_at`;
const DUE = `SELECT account_id FROM erasure WHERE state <> 'erased' AND check_at <= now() ORDER BY check_at LIMIT 50`;

interface Due {
  account_id: string;
}

/** Carries erasures on: those that a killed process left, those whose letter has left, those whose time has come. */
@Injectable()
export class ErasureSweep implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly erasures: ErasuresService,
    private readonly list: ErasureList,
    private readonly runtime: Runtime,
    private readonly sweeps: Sweeps,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const back = await this.list.putBack();
    if (back > 0) {
      this.runtime.logger.warn({ erasures: back }, 'the database is older than erasures that were asked for: they begin anew');
      // Before anybody can sign in: whoever was erased does not come back for a moment either.
      await this.advance(await this.database.query<Due[]>(BEGUN));
    }
    this.sweeps.add({ name: 'erasures', everyMs: 1000, run: () => this.goOn() });
  }

  private async goOn(): Promise<number> {
    const listed = await this.list.write();
    return listed + (await this.advance(await this.database.query<Due[]>(DUE)));
  }

  /** One that cannot go on stops no other. */
  private async advance(due: readonly Due[]): Promise<number> {
    let done = 0;
    for (const { account_id: account } of due) {
      try {
        done += await this.erasures.advance(SWEEP, account);
      } catch (error) {
        this.runtime.logger.warn({ sweep: 'erasures', account, error });
        await this.database.query(`UPDATE erasure SET check_at = now() + interval '1 minute' WHERE account_id = $1`, [account]);
      }
    }
    return done;
  }
}
