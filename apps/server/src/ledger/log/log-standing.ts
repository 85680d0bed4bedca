import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Impairments } from '../../http/impairments.js';
import { Runtime } from '../../http/runtime.js';
import { HALTS, LogHalt, type HaltReason } from './log-halt.js';

/** Whether the log grows, as operators see it: metrics, readiness, and one line in the log whenever that changes. */
@Injectable()
export class LogStanding {
  private readonly size: Gauge;
  private readonly halted: Gauge<'reason'>;
  private halt: LogHalt | undefined;

  constructor(
    private readonly runtime: Runtime,
    private readonly impairments: Impairments,
  ) {
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

  /** Why the log must not be made longer, as this process found it; null where it goes on. */
  standsStill(): { reason: HaltReason; detail: string; remedy: string } | null {
    return this.halt ? { reason: this.halt.reason, detail: this.halt.detail, remedy: HALTS[this.halt.reason] } : null;
  }

  private goesOn(size: bigint): void {
    this.size.set(Number(size));
    if (!this.halt) return;
    this.runtime.logger.info('the ledger grows again');
    this.halted.reset();
    this.impairments.report('ledger', undefined);
    this.halt = undefined;
  }

  private halts(halt: LogHalt): void {
    const { reason, detail } = halt;
    if (this.halt?.reason === reason) return;
    this.runtime.logger.error({ reason, detail, remedy: HALTS[reason] }, 'the ledger is not made longer');
    this.halted.reset();
    this.halted.set({ reason }, 1);
    this.impairments.report('ledger', reason);
    this.halt = halt;
  }
}
