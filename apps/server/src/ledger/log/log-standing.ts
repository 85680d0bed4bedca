import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { Impairments } from '../../http/impairments.js';
import { Runtime } from '../../http/runtime.js';
import { HALTS, LogHalt, type HaltReason } from './log-halt.js';

/** A halt is said again while it lasts, and believed a while: one whose process is gone is forgotten. */
const SAID_EVERY_MS = 10_000;
const BELIEVED_SECONDS = 30;
const SAY = `INSERT INTO ledger_halt (reason, detail) VALUES ($1, $2)
  ON CONFLICT (only_one) DO UPDATE SET reason = excluded.reason, detail = excluded.detail, at = now()`;
const FORGET = 'DELETE FROM ledger_halt';
const STANDING = `SELECT reason, detail FROM ledger_halt WHERE at > now() - make_interval(secs => ${BELIEVED_SECONDS})`;

/** Whether the log grows, as operators see it: metrics, readiness, and one line in the log whenever that changes. */
@Injectable()
export class LogStanding {
  private readonly size: Gauge;
  private readonly halted: Gauge<'reason'>;
  private halt: { reason: HaltReason; saidAt: number } | undefined;
  /** Nothing is left of an earlier halt, not even of one before this process. */
  private clear = false;

  constructor(
    private readonly runtime: Runtime,
    private readonly database: DataSource,
    impairments: Impairments,
  ) {
    const registers = [runtime.metrics.registry];
    this.size = new Gauge({ name: 'paddock_ledger_size', help: 'Entries under the newest checkpoint of this process.', registers });
    this.halted = new Gauge({
      name: 'paddock_ledger_halted',
      help: '1 while this process must not make the ledger longer, by reason.',
      labelNames: ['reason'],
      registers,
    });
    impairments.add('ledger', async () => (await this.standsStill())?.reason);
  }

  /** Does a round of the work; where it must not go on, that is said, and it has done nothing. */
  async of<Round extends { size: bigint }>(work: () => Promise<Round | undefined>): Promise<Round | undefined> {
    try {
      const done = await work();
      if (done) await this.goesOn(done.size);
      return done;
    } catch (error) {
      if (!(error instanceof LogHalt)) throw error;
      await this.halts(error);
      return undefined;
    }
  }

  /** Why the log must not be made longer, as whichever process found it; null where it goes on. */
  async standsStill(): Promise<{ reason: HaltReason; detail: string; remedy: string } | null> {
    const [halt] = await this.database.query<{ reason: HaltReason; detail: string }[]>(STANDING);
    return halt ? { ...halt, remedy: HALTS[halt.reason] } : null;
  }

  private async goesOn(size: bigint): Promise<void> {
    this.size.set(Number(size));
    if (this.clear) return;
    await this.database.query(FORGET);
    if (this.halt) this.runtime.logger.info('the ledger grows again');
    this.halted.reset();
    this.halt = undefined;
    this.clear = true;
  }

  private async halts({ reason, detail }: LogHalt): Promise<void> {
    if (this.halt?.reason !== reason) {
      this.runtime.logger.error({ reason, detail, remedy: HALTS[reason] }, 'the ledger is not made longer');
      this.halted.reset();
      this.halted.set({ reason }, 1);
      this.halt = { reason, saidAt: -Infinity };
      this.clear = false;
    }
    if (performance.now() - this.halt.saidAt < SAID_EVERY_MS) return;
    await this.database.query(SAY, [reason, detail]);
    this.halt.saidAt = performance.now();
  }
}
