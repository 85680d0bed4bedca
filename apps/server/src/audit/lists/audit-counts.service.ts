import { Injectable } from '@nestjs/common';
import type { AuditFilters, AuditKindName, CountedBy } from '@paddock/contracts';
import { DataSource } from 'typeorm';
import type { PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { auditedPlaces } from '../audited-places.js';
import { KINDS } from '../kinds/all-kinds.js';
import { countsStatement } from './audit-statement.js';
import { countedSpan } from './counted-span.js';
import { findNames } from './free-text.js';

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
    const span = countedSpan(by, filters, this.runtime.now());
    const freeText = filters.q === undefined ? undefined : await findNames(this.database, kind, filters.q);
    const { sql, values } = countsStatement({ kind, places, filters: { ...filters, ...span }, freeText }, by);
    return { by, items: await this.database.query<{ from: Date; count: number }[]>(sql, values), nextCursor: null };
  }
}
