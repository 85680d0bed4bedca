import { Injectable } from '@nestjs/common';
import { MAX_COUNTS, type AuditFilters, type AuditKindName, type CountedBy } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import type { PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { auditedPlaces } from '../audited-places.js';
import { KINDS } from '../kinds/all-kinds.js';
import { countsStatement } from './audit-statement.js';
import { findNames } from './free-text.js';

const DAY_MS = 86_400_000;
const LENGTH_MS: Readonly<Record<CountedBy, number>> = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS, year: 365 * DAY_MS };
const COUNTS_UNASKED = 30;

/** How many rows of a kind there are in each day, week, month or year: what a plot is drawn from. */
@Injectable()
export class AuditCounts {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

  async counts(actor: PersonActor, name: AuditKindName, { by, ...filters }: AuditFilters & { by: CountedBy }) {
    const kind = KINDS[name];
    const places = auditedPlaces(actor, kind);
    const span = this.span(by, filters);
    const freeText = filters.q === undefined ? undefined : await findNames(this.database, kind, filters.q);
    const { sql, values } = countsStatement({ kind, places, filters: { ...filters, ...span }, freeText }, by);
    return { by, items: await this.database.query<{ from: Date; count: number }[]>(sql, values), nextCursor: null };
  }

  /** Bounded, for each count is a line of the answer. */
  private span(by: CountedBy, filters: AuditFilters): { from: string; to: string } {
    const to = filters.to ?? this.runtime.now().toISOString();
    const from = filters.from ?? new Date(Date.parse(to) - COUNTS_UNASKED * LENGTH_MS[by]).toISOString();
    const length = Date.parse(to) - Date.parse(from);
    if (length <= 0) throw new Refusal('malformed-request', 'to: must come after `from`', { fields: ['to'] });
    if (length > MAX_COUNTS * LENGTH_MS[by])
      throw new Refusal('malformed-request', `from: at most ${MAX_COUNTS} counts are given at once; count by more, or a shorter time`, {
        fields: ['from'],
      });
    return { from, to };
  }
}
