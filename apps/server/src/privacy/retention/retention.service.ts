import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { RunRetentionDry } from '@paddock/contracts';
import { RETENTION_KIND_NAMES, type RetentionKindName } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { SealedRecords } from '../../accounts/sealed-records.js';
import { refuseWithoutRole, type PersonActor } from '../../http/actor.js';
import { Sweeps } from '../../jobs/sweeps.js';
import { EventLog, SWEEP } from '../../ledger/event-log.js';
import { keptAcceptances } from '../erasure/kept-acceptances.js';
import { dueRows, SWEPT_KINDS, SWEPT_RECORDS, type SweptKind } from './retention-kinds.js';
import { RetentionRules } from './retention-rules.service.js';

const AT_ONCE = 500;
/** Any number serves: one process at a time erases. */
const LOCK = 7_223_460;

interface Counted {
  rows: number;
  oldest: Date | null;
  newest: Date | null;
  held: number;
}

/** Erases what its time has passed, some rows at a time; each run is an event. A dry run counts the very rows that a run would take. */
@Injectable()
export class RetentionService implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly rules: RetentionRules,
    private readonly sealed: SealedRecords,
    private readonly events: EventLog,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'retention', everyMs: 10_000, run: () => this.run() });
  }

  async dryRun(actor: PersonActor, { kind, days }: RunRetentionDry) {
    refuseWithoutRole(actor, 'auditor');
    const items = [];
    for (const one of kind === undefined ? RETENTION_KIND_NAMES : [kind]) items.push({ kind: one, ...(await this.count(one, days)) });
    return { items, nextCursor: null };
  }

  private async count(kind: RetentionKindName, supposed: number | null | undefined): Promise<Counted> {
    if (kind === 'sealed-minimum') return this.countMinimum(supposed);
    const [counted] = await this.database.query<Counted[]>(
      `SELECT count(*) FILTER (WHERE NOT held)::int AS rows, min(at) FILTER (WHERE NOT held) AS oldest, max(at) FILTER (WHERE NOT held) AS newest,
         count(*) FILTER (WHERE held)::int AS held FROM (${dueRows(kind)}) due`,
      [supposed === undefined ? await this.rules.daysOf(kind) : supposed],
    );
    return counted!;
  }

  private async countMinimum(days: number | null | undefined): Promise<Counted> {
    const accounts = await this.database.query<{ account_id: string }[]>(`SELECT account_id FROM erasure WHERE state = 'minimum-kept'`);
    const ids = accounts.map(({ account_id }) => account_id);
    const due = (await keptAcceptances(this.database, ids, { days })).filter((row) => row.due !== null && row.due <= new Date());
    const free = due.filter(({ why }) => why !== 'legal-hold').map(({ acceptedAt }) => acceptedAt);
    return { rows: free.length, oldest: free.at(0) ?? null, newest: free.at(-1) ?? null, held: due.length - free.length };
  }

  private async run(): Promise<number> {
    let erased = 0;
    for (const kind of SWEPT_KINDS) {
      const days = await this.rules.daysOf(kind);
      if (days === null) continue;
      for (let batch = AT_ONCE; batch === AT_ONCE;) erased += batch = await this.runOnce(kind, days);
    }
    return erased;
  }

  private runOnce(kind: SweptKind, days: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const [lock] = await tx.query<{ taken: boolean }[]>('SELECT pg_try_advisory_xact_lock($1) AS taken', [LOCK]);
      if (!lock!.taken) return 0;
      const rows = await tx.query<{ id: string }[]>(`SELECT id FROM (${dueRows(kind)}) due WHERE NOT held ORDER BY at LIMIT ${AT_ONCE}`, [
        days,
      ]);
      if (rows.length === 0) return 0;
      const ids = rows.map(({ id }) => id);
      const erased = await SWEPT_RECORDS[kind].erase(tx, ids, this.sealed);
      await this.events.append(SWEEP, { kind: 'retention-run', detail: { kind, days, rows: erased } }, tx);
      return erased;
    });
  }
}
