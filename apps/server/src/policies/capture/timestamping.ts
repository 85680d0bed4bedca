import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { readTimestampResponse, timestampQuery } from '@paddock/capture';
import { AdapterFailure } from '@paddock/domain';
import { X509Certificate, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DataSource } from 'typeorm';
import { beginningOf } from '../../http/beginning.js';
import { guardedFetch } from '../../http/guarded-fetch.js';
import { Runtime } from '../../http/runtime.js';
import { Sweeps } from '../../jobs/sweeps.js';

const TIMEOUT_MS = 10_000;
const EVERY_MS = 5000;
const AT_ONCE = 20;
const LONGEST_ANSWER = 64 * 1024;
/** Later a timestamp would say little about when the snapshot was taken. */
const DAYS = 30;

/** Snapshots that the authority $1 has not stamped yet. */
const UNSTAMPED = `
  SELECT s.id, s.raw_sha256 FROM snapshot s
  WHERE s.captured_at > now() - make_interval(days => ${DAYS}) AND NOT EXISTS (SELECT FROM snapshot_timestamp t WHERE t.snapshot_id = s.id AND t.authority = $1)
  ORDER BY s.captured_at LIMIT ${AT_ONCE}`;

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** An RFC 3161 token over each snapshot's bytes, where an authority is configured. What it does not stamp today is asked for again. */
@Injectable()
export class Timestamping implements OnApplicationBootstrap {
  private readonly fetch;
  private readonly trusted: Buffer[];

  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly sweeps: Sweeps,
  ) {
    const { PADDOCK_OUTGOING_ALLOW_PRIVATE: allowPrivate, PADDOCK_TIMESTAMP_CA_FILE: file } = runtime.config;
    this.fetch = guardedFetch({ allowPrivate, timeoutMs: TIMEOUT_MS });
    this.trusted = file ? [...readFileSync(file, 'utf8').matchAll(PEM)].map(([pem]) => new X509Certificate(pem).raw) : [];
  }

  onApplicationBootstrap(): void {
    const { PADDOCK_TIMESTAMP_URL: authority } = this.runtime.config;
    if (authority) this.sweeps.add({ name: 'snapshot-timestamps', everyMs: EVERY_MS, run: () => this.stampAll(authority) });
  }

  /** One snapshot that is refused keeps no other from its stamp; an authority that is away is asked again later. */
  private async stampAll(authority: string): Promise<number> {
    const snapshots = await this.database.query<{ id: string; raw_sha256: string }[]>(UNSTAMPED, [authority]);
    let stamped = 0;
    for (const { id, raw_sha256 } of snapshots) {
      try {
        await this.stamp(authority, id, Buffer.from(raw_sha256, 'hex'));
        stamped += 1;
      } catch (error) {
        this.runtime.logger.warn({ timestamping: id, error });
        if (error instanceof AdapterFailure && error.transient) break;
      }
    }
    return stamped;
  }

  /** The answer is verified before it is kept: imprint, nonce, signature and the way to a trusted certificate. */
  private async stamp(authority: string, snapshot: string, sha256: Buffer): Promise<void> {
    const nonce = randomBytes(8);
    const response = await this.fetch(authority, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: timestampQuery(sha256, nonce),
    });
    if (!response.ok) throw new AdapterFailure(authority, `it answered ${response.status}`, true);
    const answer = response.body ? await beginningOf(response.body, LONGEST_ANSWER) : Buffer.alloc(0);
    if (answer.length === LONGEST_ANSWER) throw new AdapterFailure(authority, 'its answer is too long', false);
    const { token, at } = readTimestampResponse(answer, { sha256, nonce }, this.trusted);
    await this.database.query(
      'INSERT INTO snapshot_timestamp (snapshot_id, authority, token, stamped_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      [snapshot, authority, token, at],
    );
  }
}
