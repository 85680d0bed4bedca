import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { nextCapture, type Schedule } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { Runtime } from '../../http/runtime.js';
import { Sweeps } from '../../jobs/sweeps.js';
import { Capturing } from './capturing.service.js';

/** A policy that is being captured is due again after this long, should its process die over it. */
const LEASE_MINUTES = 10;

/** Takes what is due, longest due first, and puts it off by the lease. */
const CLAIM = `
  UPDATE policy SET next_capture_at = now() + make_interval(mins => ${LEASE_MINUTES}) WHERE id IN (
    SELECT id FROM policy WHERE next_capture_at <= now() AND source_url IS NOT NULL ORDER BY next_capture_at LIMIT $1 FOR UPDATE SKIP LOCKED)
  RETURNING id, slug, schedule`;

interface ClaimedPolicy {
  id: string;
  slug: string;
  schedule: Schedule;
}

/** Captures sources by their schedules, a bounded number at a time in each process. */
@Injectable()
export class CaptureSchedule implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly capturing: Capturing,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'policy-captures', everyMs: 2000, run: () => this.captureDue() });
  }

  private async captureDue(): Promise<number> {
    const lanes = Array.from({ length: this.runtime.config.PADDOCK_CAPTURE_CONCURRENCY }, () => this.lane());
    return (await Promise.all(lanes)).reduce((sum, done) => sum + done, 0);
  }

  /** One after the other until nothing is due. */
  private async lane(): Promise<number> {
    for (let done = 0; ; done += 1) {
      if (this.runtime.stopping) return done;
      const [[policy]] = await this.database.query<[ClaimedPolicy[], number]>(CLAIM, [1]);
      if (!policy) return done;
      await this.captureOne(policy);
    }
  }

  private async captureOne({ id, slug, schedule }: ClaimedPolicy): Promise<void> {
    try {
      await this.capturing.captureDue(slug);
    } catch (error) {
      this.runtime.logger.warn({ capture: slug, error });
      return;
    }
    await this.database.query('UPDATE policy SET next_capture_at = $2 WHERE id = $1 AND schedule = $3', [
      id,
      nextCapture(schedule, this.runtime.now()),
      schedule,
    ]);
  }
}
