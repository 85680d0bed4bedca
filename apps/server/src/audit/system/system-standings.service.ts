import { Injectable } from '@nestjs/common';
import type { SystemStanding } from '@paddock/contracts';
import { DataSource } from 'typeorm';
import { Runtime } from '../../http/runtime.js';
import { LogStanding } from '../../ledger/log/log-standing.js';

const LEDGER = `
  SELECT coalesce(c.size, 0)::float8 AS size, c.created_at AS "checkpointAt", (SELECT count(*)::int FROM cosignature WHERE size = c.size) AS cosignatures,
    w.n AS waiting, w.oldest AS "oldestWaitingAt"
  FROM (SELECT count(*)::int AS n, min(created_at) AS oldest FROM ledger_entry e WHERE NOT EXISTS (SELECT FROM entry_index i WHERE i.entry_id = e.id)) w
  LEFT JOIN (SELECT * FROM checkpoint ORDER BY size DESC LIMIT 1) c ON true`;
const MAIL = 'SELECT state, count(*)::int AS count, min(created_at) AS oldest FROM mail GROUP BY state ORDER BY state';
const WEBHOOKS = `
  SELECT count(*) FILTER (WHERE state = 'pending')::int AS pending, count(*) FILTER (WHERE state = 'failed')::int AS failed,
    min(created_at) FILTER (WHERE state = 'pending') AS "oldestPendingAt" FROM webhook_delivery WHERE state IN ('pending', 'failed')`;
const CAPTURES = `
  SELECT p.slug AS policy, c.captured_at AS at, c.detail ->> 'reason' AS reason FROM policy p
  JOIN LATERAL (SELECT * FROM capture WHERE policy_id = p.id ORDER BY captured_at DESC, id DESC LIMIT 1) c ON c.outcome = 'failed' ORDER BY c.captured_at DESC LIMIT 100`;
const UPLOADS = 'SELECT count(*)::int AS uploads FROM upload';

/** What waits, what failed and what stands still, counted when it is asked for. */
@Injectable()
export class SystemStandings {
  private readonly startedAt = new Date();

  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly log: LogStanding,
  ) {}

  async now() {
    const store = await this.runtime.store.check().then(
      () => 'up' as const,
      () => 'down' as const,
    );
    const one = async <Row>(sql: string) => (await this.database.query<Row[]>(sql))[0]!;
    return {
      state: store === 'up' && !this.runtime.stopping ? ('ready' as const) : ('not-ready' as const),
      // Whatever follows was read from it.
      database: 'up' as const,
      store,
      startedAt: this.startedAt,
      ledger: { ...(await one<Omit<SystemStanding['ledger'], 'halted'>>(LEDGER)), halted: await this.log.standsStill() },
      mail: await this.database.query<SystemStanding['mail']>(MAIL),
      webhooks: await one<SystemStanding['webhooks']>(WEBHOOKS),
      captures: await this.database.query<SystemStanding['captures']>(CAPTURES),
      ...(await one<Pick<SystemStanding, 'uploads'>>(UPLOADS)),
    };
  }
}
