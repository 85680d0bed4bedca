import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Refusal, type RefusalCode } from '@paddock/domain';
import { DataSource } from 'typeorm';
import type { LinkedArtifactFacts } from '../../grants/access-facts.js';
import type { Actor } from '../../http/actor.js';
import { Sweeps } from '../../jobs/sweeps.js';
import { EventLog } from '../../ledger/event-log.js';

/** A transfer under way says each second how far it is. */
const ABANDONED_SECONDS = 10;

const RESERVE = `
  WITH taken AS (
    INSERT INTO link_usage AS u (link_id, artifact_id, bytes_sent) SELECT $1::uuid, $2::uuid, $3::bigint WHERE $3::bigint <= $4::bigint
    ON CONFLICT (link_id, artifact_id) DO UPDATE SET bytes_sent = u.bytes_sent + $3 WHERE u.bytes_sent + $3 <= $4 RETURNING link_id
  ), held AS (
    INSERT INTO link_reservation (id, link_id, artifact_id, bytes) SELECT $5::uuid, $1::uuid, $2::uuid, $3::bigint FROM taken WHERE $5::uuid IS NOT NULL
  )
  SELECT EXISTS (SELECT FROM taken) AS taken`;

const RELEASE = `
  WITH ended AS (DELETE FROM link_reservation WHERE id = $1 RETURNING link_id, artifact_id, bytes)
  UPDATE link_usage u SET bytes_sent = u.bytes_sent - (ended.bytes - $2::bigint) FROM ended
  WHERE u.link_id = ended.link_id AND u.artifact_id = ended.artifact_id`;

const RELEASE_ABANDONED = `
  WITH ended AS (DELETE FROM link_reservation WHERE at < now() - make_interval(secs => $1) RETURNING link_id, artifact_id, bytes - sent AS unsent),
    unsent AS (SELECT link_id, artifact_id, sum(unsent) AS bytes FROM ended GROUP BY link_id, artifact_id),
    released AS (UPDATE link_usage u SET bytes_sent = u.bytes_sent - unsent.bytes FROM unsent
      WHERE u.link_id = unsent.link_id AND u.artifact_id = unsent.artifact_id)
  SELECT FROM ended`;

/** What became of each link: every attempt is an event, and a capped link counts the bytes that it gave. */
@Injectable()
export class LinkLedger implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'link-reservations', everyMs: 2000, run: () => this.releaseAbandoned() });
  }

  async record(
    actor: Actor,
    kind: string,
    link: string,
    gathered: LinkedArtifactFacts,
    detail: Record<string, unknown>,
    code?: RefusalCode,
  ): Promise<void> {
    await this.events.append(actor, {
      kind,
      subject: link,
      model: gathered.model,
      holder: gathered.holder,
      detail: { ...detail, release: gathered.release, grant: gathered.grant },
      ...(code && { code }),
    });
  }

  async refused(actor: Actor, link: string, gathered: LinkedArtifactFacts, path: string, code: RefusalCode): Promise<void> {
    await this.record(actor, 'download-refused', link, gathered, { path: path.slice(0, 512), bytes: 0 }, code);
  }

  /**
   * Takes the bytes off the cap before they are sent, so that transfers side by side cannot exceed it together. `transfer`
   * names who gives back what it did not send; without one nothing comes back.
   */
  async reserve(actor: Actor, link: string, gathered: LinkedArtifactFacts, bytes: number, transfer: string | null = null): Promise<void> {
    const { maxCopies, artifact } = gathered;
    if (maxCopies === null || !artifact || bytes === 0) return;
    const [row] = await this.database.query<{ taken: boolean }[]>(RESERVE, [link, artifact.id, bytes, artifact.size * maxCopies, transfer]);
    if (row?.taken) return;
    await this.refused(actor, link, gathered, artifact.path, 'link-exhausted');
    throw new Refusal('link-exhausted', `It gives each file ${maxCopies} times at most.`, { grant: gathered.grant });
  }

  /** Gives back what was reserved and not sent. */
  async release(transfer: string, gathered: LinkedArtifactFacts, sent: number): Promise<void> {
    if (gathered.maxCopies !== null) await this.database.query(RELEASE, [transfer, sent]);
  }

  /** What a process that is gone had reserved and not sent, as far as it had said. */
  private async releaseAbandoned(): Promise<number> {
    const rows = await this.database.query<unknown[]>(RELEASE_ABANDONED, [ABANDONED_SECONDS]);
    return rows.length;
  }
}
