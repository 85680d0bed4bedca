import { Injectable } from '@nestjs/common';
import { Refusal, type RefusalCode } from '@paddock/domain';
import { DataSource } from 'typeorm';
import type { LinkedArtifactFacts } from '../../grants/access-facts.js';
import type { Actor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';

/** What became of each link: every attempt is an event, and a capped link counts the bytes that it gave. */
@Injectable()
export class LinkLedger {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
  ) {}

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

  /** Takes the bytes off the cap before they are sent, so that transfers side by side cannot exceed it together. */
  async reserve(actor: Actor, link: string, gathered: LinkedArtifactFacts, bytes: number): Promise<void> {
    const { maxCopies, artifact } = gathered;
    if (maxCopies === null || !artifact || bytes === 0) return;
    const rows = await this.database.query<unknown[]>(
      `INSERT INTO link_usage AS u (link_id, artifact_id, bytes_sent) SELECT $1, $2, $3::bigint WHERE $3::bigint <= $4::bigint
       ON CONFLICT (link_id, artifact_id) DO UPDATE SET bytes_sent = u.bytes_sent + $3 WHERE u.bytes_sent + $3 <= $4 RETURNING bytes_sent`,
      [link, artifact.id, bytes, artifact.size * maxCopies],
    );
    if (rows.length > 0) return;
    await this.refused(actor, link, gathered, artifact.path, 'link-exhausted');
    throw new Refusal('link-exhausted', `It gives each file ${maxCopies} times at most.`, { grant: gathered.grant });
  }

  /** Gives back what was reserved and not sent. */
  async release(link: string, gathered: LinkedArtifactFacts, bytes: number): Promise<void> {
    if (gathered.maxCopies === null || bytes === 0) return;
    await this.database.query('UPDATE link_usage SET bytes_sent = bytes_sent - $3 WHERE link_id = $1 AND artifact_id = $2', [
      link,
      gathered.artifact?.id,
      bytes,
    ]);
  }
}
