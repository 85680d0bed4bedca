import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { underSessionLock } from '../../database/session-lock.js';
import { Runtime } from '../../http/runtime.js';
import { Sweeps } from '../../jobs/sweeps.js';
import { WitnessedPast } from '../witnesses/witnessed-past.js';
import { LogStanding } from './log-standing.js';
import { INTEGRATOR_LOCK, LogWriter } from './log-writer.js';
import { TileStore } from './tile-store.js';

/** An entry waits this long at most before it is looked for; a NOTIFY for each would make commits wait for one another. */
const EVERY_MS = 200;
const BATCH = 8192;

/** Has the log written in every process; the lock chooses, round by round, the one that does it. */
@Injectable()
export class Integrator implements OnApplicationBootstrap {
  private readonly writer: LogWriter;

  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly sweeps: Sweeps,
    private readonly standing: LogStanding,
    witnessed: WitnessedPast,
  ) {
    this.writer = new LogWriter(new TileStore(runtime.store), runtime.config, (...view) => witnessed.refuseLater(...view));
  }

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'ledger', everyMs: EVERY_MS, run: () => this.run() });
  }

  /** Until nothing is left; returns how many entries it integrated. */
  private async run(): Promise<number> {
    let all = 0;
    // The name of a new log follows from the public URL, which is known once the port is.
    while (this.runtime.publicUrl !== '' && !this.runtime.stopping) {
      const { publicUrl } = this.runtime;
      const round = () => underSessionLock(this.database, INTEGRATOR_LOCK, (session) => this.writer.round(session, publicUrl, BATCH));
      const done = await this.standing.of(round);
      all += done?.integrated ?? 0;
      if (!done || done.integrated < BATCH) break;
    }
    return all;
  }
}
