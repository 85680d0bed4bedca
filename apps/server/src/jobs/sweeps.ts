import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Runtime } from '../http/runtime.js';

export interface Sweep {
  name: string;
  everyMs: number;
  /** It writes down what this process alone knows, so that a process of any role does it. */
  own?: true;
  /** Does what is due and returns how much it did. Safe in any number of processes at once: it takes rows by `FOR UPDATE SKIP LOCKED`. */
  run(): Promise<number>;
}

/**
 * Work that nobody waits for. A row that is due is its own job (decision 0009): a sweep finds such rows, again and again,
 * so nothing is lost with a process, and what fails stays due. One sweep never overlaps itself within a process.
 */
@Injectable()
export class Sweeps implements BeforeApplicationShutdown {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private ended = false;

  constructor(private readonly runtime: Runtime) {}

  add(sweep: Sweep): void {
    if (this.ended || (this.runtime.config.PADDOCK_ROLE === 'http' && !sweep.own)) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      const run = this.once(sweep).finally(() => {
        this.running.delete(run);
        this.add(sweep);
      });
      this.running.add(run);
    }, sweep.everyMs);
    this.timers.add(timer);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ended = true;
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.all(this.running);
  }

  private async once({ name, run }: Sweep): Promise<void> {
    const { logger, tracing } = this.runtime;
    const began = Date.now();
    try {
      const done = await run();
      if (done === 0) return;
      logger.debug({ sweep: name, done });
      tracing.done(`job ${name}`, began, { 'paddock.done': done });
    } catch (error) {
      logger.warn({ sweep: name, error });
      tracing.done(`job ${name}`, began, {}, error);
    }
  }
}
