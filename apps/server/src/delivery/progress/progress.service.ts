import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { GrantsService } from '../../grants/grants.service.js';
import type { HolderActor } from '../../http/actor.js';
import { progressOf, type FileFacts, type FileProgress } from './progress-of-files.js';
import { FRESH_SECONDS } from './running-transfers.js';

/** Whether what the caller came with is still good: a stream must not outlive its session. */
const ALIVE = `
  SELECT EXISTS (SELECT FROM session WHERE id = $1 AND state = 'signed-in' AND expires_at > now())
    OR EXISTS (SELECT FROM access_token WHERE id = $2 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()))
    OR EXISTS (SELECT FROM service_seat WHERE id = $3 AND ended_at IS NULL AND (expires_at IS NULL OR expires_at > now())) AS alive`;

/** Of one holder's own links of a grant, of the last two days. */
const FILES = `
  WITH mine AS (
    SELECT l.id, l.release_id FROM link l JOIN holder h ON h.id = l.holder_id
    WHERE l.grant_id = $1 AND $2 IN (h.account_id, h.seat_id) AND l.channel = 'link' AND l.created_at > now() - interval '2 days'
  ), told AS (
    SELECT mine.release_id, p.path, p.bytes, 'running' AS of FROM transfer_progress p JOIN mine ON mine.id = p.link_id
    WHERE p.at > now() - make_interval(secs => $3)
    UNION ALL
    SELECT mine.release_id, e.detail->>'path', (e.detail->>'bytes')::bigint, e.kind FROM event e JOIN mine ON mine.id = e.subject_id
    WHERE e.kind IN ('download-ended', 'download-redirected')
  )
  SELECT r.name AS release, a.path, a.size::float8,
    sum(told.bytes) FILTER (WHERE told.of = 'running')::float8 AS running,
    coalesce(sum(told.bytes) FILTER (WHERE told.of = 'download-ended' AND told.bytes < a.size), 0)::float8 AS parts,
    coalesce(bool_or(told.of = 'download-ended' AND told.bytes >= a.size), false) AS whole,
    coalesce(bool_or(told.of = 'download-redirected' AND told.bytes > 0), false) AS redirected
  FROM told JOIN release r ON r.id = told.release_id JOIN artifact a ON a.release_id = told.release_id AND a.path = told.path
  GROUP BY r.name, a.path, a.size ORDER BY r.name, a.path`;

/** How far one's own downloads of a grant have come. */
@Injectable()
export class ProgressService {
  constructor(
    private readonly database: DataSource,
    private readonly grants: GrantsService,
  ) {}

  /** Refused as reading the grant is, and as soon as it is. */
  async files(actor: HolderActor, grant: string): Promise<FileProgress[]> {
    await this.grants.find(actor, grant);
    const rows = await this.database.query<FileFacts[]>(FILES, [grant, actor.account ?? actor.seat, FRESH_SECONDS]);
    return rows.map(progressOf);
  }

  async refuseEnded(actor: HolderActor): Promise<void> {
    const [row] = await this.database.query<{ alive: boolean }[]>(ALIVE, [actor.session?.id ?? null, actor.token, actor.seat]);
    if (!row?.alive) throw new Refusal('unauthenticated', 'This session has ended.');
  }
}
