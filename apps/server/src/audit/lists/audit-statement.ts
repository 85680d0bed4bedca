import type { AuditFilters } from '@paddock/contracts';
import type { Cursor } from '../../http/cursor.js';
import type { AuditedPlaces } from '../audited-places.js';
import { IN_JSON, type AuditKind } from '../kinds/audit-kind.js';
import { textCondition, type FreeText } from './free-text.js';

export interface Statement {
  sql: string;
  values: unknown[];
}

/** Who asks for what. */
export interface Question {
  kind: AuditKind;
  places: AuditedPlaces;
  filters: AuditFilters;
  freeText?: FreeText | undefined;
  /** Where the list goes on. */
  after?: Cursor | undefined;
}

/**
 * Rows, newest first: cut first and named after, so that names are looked up for these rows alone. The number stands in the
 * text, for a plan that does not know it is made for a tenth of all rows.
 */
export function pageStatement(question: Question, rows: number): Statement {
  const { kind } = question;
  const columns = Object.entries(kind.columns).map(([name, { sql, type }]) => `${IN_JSON[type](sql)} AS "${name}"`);
  const record = kind.sealed ? [`${kind.sealed.record} AS "sealedRecord"`] : [];
  return cut(question, [...columns, `to_json(x.${kind.at}) #>> '{}' AS position`, ...record], rows);
}

/** As pageStatement(), without names: the columns, the sealed record where it is to be opened, and the row's place. */
export function exportStatement(question: Question, rows: number): Statement {
  const { kind, filters } = question;
  const record = filters.sealed && kind.sealed ? [kind.sealed.record] : [];
  return cut(question, [...Object.values(kind.columns).map(({ sql }) => sql), ...record, `x.${kind.at}`, 'x.id'], rows);
}

function cut(question: Question, columns: string[], rows: number): Statement {
  const { kind } = question;
  const values: unknown[] = [];
  const order = `x.${kind.at} DESC, x.id DESC`;
  const found = `SELECT x.* FROM ${kind.rows} ${where(question, values)} ORDER BY ${order} LIMIT ${rows}`;
  return { sql: `SELECT ${columns.join(', ')} FROM (${found}) x ${kind.lookups} ORDER BY ${order}`, values };
}

/** How many rows begin in each span of time; `$1` and `$2` bound the spans, `by` is one of a closed list. */
export function countsStatement(question: Question, by: string): Statement {
  const { from, to } = question.filters;
  const values: unknown[] = [from, to];
  const begins = (time: string) => `date_trunc('${by}', ${time}, 'UTC')`;
  const counted = `SELECT ${begins(`x.${question.kind.at}`)} AS begin, count(*) AS n FROM ${question.kind.rows} ${where(question, values)} GROUP BY 1`;
  return {
    sql: `SELECT span AS "from", coalesce(c.n, 0)::float8 AS count
      FROM generate_series(${begins('$1::timestamptz')}, $2::timestamptz - interval '1 microsecond', interval '1 ${by}', 'UTC') span
      LEFT JOIN (${counted}) c ON c.begin = span ORDER BY span`,
    values,
  };
}

function where({ kind, places, filters, freeText, after }: Question, values: unknown[]): string {
  const value = (given: unknown) => `$${values.push(given)}`;
  const { from, to } = filters;
  const conditions = [
    kind.where,
    ...Object.entries(kind.filters).map(([name, condition]) => filters[name] !== undefined && condition(value(filters[name]))),
    from !== undefined && `x.${kind.at} >= ${value(from)}`,
    to !== undefined && `x.${kind.at} < ${value(to)}`,
    freeText && textCondition(kind, freeText, value),
    after && `(x.${kind.at}, x.id) < (${value(after.at)}, ${value(after.id)}::uuid)`,
    kind.model !== null && within(kind.model, places, value),
  ].filter((condition): condition is string => Boolean(condition));
  return conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
}

/** Rows of other places do not exist for whoever audits some only. */
function within(model: string, { portal, publishers, models }: AuditedPlaces, value: (given: unknown) => string): string | false {
  if (portal) return false;
  // One model has an index in the list's own order; of several, all of them would have to be sorted.
  if (publishers.length === 0 && models.length === 1) return `${model} = ${value(models[0])}::uuid`;
  return `${model} = ANY (ARRAY(SELECT id FROM model WHERE publisher_id = ANY (${value(publishers)}::uuid[]) OR id = ANY (${value(models)}::uuid[])))`;
}
