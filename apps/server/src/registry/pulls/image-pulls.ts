import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Runtime } from '../../http/runtime.js';
import { Sweeps } from '../../jobs/sweeps.js';
import type { Admission } from './pull-gate.js';
import type { Pull } from './pull-ledger.js';

interface ImagePull {
  pull: Pull;
  admission: Admission;
  detail: Record<string, unknown>;
}

const EVERY_MS = 1000;
const WRITE = `
  INSERT INTO event (id, kind, request_id, actor_id, holder_id, subject_id, detail)
  SELECT id, 'pull-ended', request_id, actor_id, holder_id, subject_id, detail
  FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::jsonb[]) AS t (id, request_id, actor_id, holder_id, subject_id, detail)`;

/**
 * What was pulled of images. They come in dozens of layers at once, none of which is licensed, so that their events are
 * written together, each second; a process that is killed loses the last of them.
 */
@Injectable()
export class ImagePulls implements OnApplicationBootstrap, OnApplicationShutdown {
  private pending: ImagePull[] = [];

  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'image-pulls', everyMs: EVERY_MS, own: true, run: () => this.write() });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.write().catch((error: unknown) => this.runtime.logger.error({ error }, 'what was pulled could not be recorded'));
  }

  ended(pull: Pull, admission: Admission, detail: Record<string, unknown>): void {
    this.pending.push({ pull, admission, detail });
  }

  private async write(): Promise<number> {
    const pulled = this.pending;
    if (pulled.length === 0) return 0;
    this.pending = [];
    try {
      await this.database.query(WRITE, columnsOf(pulled));
    } catch (error) {
      this.pending = [...pulled, ...this.pending];
      throw error;
    }
    return pulled.length;
  }
}

function columnsOf(pulled: ImagePull[]): unknown[][] {
  return [
    pulled.map(() => uuidv7()),
    pulled.map(({ pull }) => pull.requestId),
    pulled.map(({ pull }) => pull.caller.account ?? pull.caller.seat),
    pulled.map(({ admission }) => admission.holder),
    pulled.map(({ admission }) => admission.grant),
    pulled.map(({ pull: { repository, digest }, detail }) => JSON.stringify({ ...detail, channel: 'oci', repository, digest })),
  ];
}
