import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Runtime } from '../../http/runtime.js';
import { HALTS, LogHalt, type HaltReason } from './log-halt.js';

/** Whether the log grows, as operators see it: metrics, and one line in the log whenever that changes. */
@Injectable()
export class LogStanding {
  private readonly size: Gauge;
  private readonly halted: Gauge<'reason'>;
  private reason: HaltReason | undefined;

  constructor(private readonly runtime: Runtime) {
    const registers = [runtime.metrics.registry];
    this.size = new Gauge({ name: 'paddock_ledger_size', help: 'Entries under the newest checkpoint of this process.', registers });
    this.halted = new Gauge({
      name: 'paddock_ledger_halted',
      help: '1 while this process must not make the ledger longer, by reason.',
      labelNames: ['reason'],
      registers,
    });
  }

  /** Does a round of the work; where it must not go on, that is said, and it has done nothing. */
  async of<Round extends { size: bigint }>(work: () => Promise<Round | undefined>): Promise<Round | undefined> {
    try {
      const done = await work();
      if (done) this.goesOn(done.size);
      return done;
    } catch (error) {
      if (!(error instanceof LogHalt)) throw error;
      this.halts(error);
      return undefined;
    }
  }

  private goesOn(size: bigint): void {
    this.size.set(Number(size));
    if (this.reason === undefined) return;
    this.runtime.logger.info('the ledger grows again');
    this.halted.reset();
    this.reason = undefined;
  }

  private halts({ reason, detail }: LogHalt): void {
    if (this.reason === reason) return;
    this.runtime.logger.error({ reason, detail, remedy: HALTS[reason] }, 'the ledger is not made longer');
    this.halted.reset();
    this.halted.set({ reason }, 1);
    this.reason = reason;
  }
}
