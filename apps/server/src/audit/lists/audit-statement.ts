import type { AuditFilters } from '@paddock/contracts';
import { readCursor } from '../../http/cursor.js';
import type { AuditedPlaces } from '../audited-places.js';
import type { AuditKind } from '../kinds/audit-kind.js';
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
}

/** A page of rows, newest first: cut first and named after, so that names are looked up for its rows alone. */
export function pageStatement(question: Question, limit: number): Statement {
  const { kind } = question;
  const values: unknown[] = [];
  const columns = Object.entries(kind.columns).map(([name, { sql }]) => `${sql} AS "${name}"`);
  const position = `to_json(x.${kind.at}) #>> '{}' AS position${kind.sealed ? `, ${kind.sealed.record} AS "sealedRecord"` : ''}`;
  const cut = `SELECT x.* FROM ${kind.rows} ${where(question, values)} ORDER BY ${order(kind)} LIMIT $${values.push(limit + 1)}`;
  return { sql: `SELECT ${columns.join(', ')}, ${position} FROM (${cut}) x ${kind.lookups} ORDER BY ${order(kind)}`, values };
}

/** All rows, newest first, each as one JSON array of its columns: reading one field a row takes a fraction of reading each column. */
export function exportStatement(question: Question): Statement {
  const { kind } = question;
  const values: unknown[] = [];
  const columns = Object.values(kind.columns).map(({ sql }) => sql);
  const record = question.filters.sealed && kind.sealed ? [kind.sealed.record] : [];
  const rows = `SELECT x.* FROM ${kind.rows} ${where(question, values)}`;
  return {
    sql: `SELECT json_build_array(${[...columns, ...record].join(', ')})::text FROM (${rows}) x ${kind.lookups} ORDER BY ${order(kind)}`,
    values,
  };
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

const order = ({ at }: AuditKind) => `x.${at} DESC, x.id DESC`;

function where({ kind, places, filters, freeText }: Question, values: unknown[]): string {
  const value = (given: unknown) => `$${values.push(given)}`;
  const { from, to } = filters;
  const cursor = readCursor(filters.cursor);
  const conditions = [
    kind.where,
    ...Object.entries(kind.filters).map(([name, condition]) => filters[name] !== undefined && condition(value(filters[name]))),
    from !== undefined && `x.${kind.at} >= ${value(from)}`,
    to !== undefined && `x.${kind.at} < ${value(to)}`,
    freeText && textCondition(kind, freeText, value),
    cursor && `(x.${kind.at}, x.id) < (${value(cursor.at)}, ${value(cursor.id)}::uuid)`,
    kind.model !== null && within(kind.model, places, value),
  ].filter((condition): condition is string => Boolean(condition));
  return conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
}

/** Rows of other places do not exist for whoever audits some only. */
function within(model: string, { portal, publishers, models }: AuditedPlaces, value: (given: unknown) => string): string | false {
  if (portal) return false;
  return `${model} = ANY (ARRAY(SELECT id FROM model WHERE publisher_id = ANY (${value(publishers)}::uuid[]) OR id = ANY (${value(models)}::uuid[])))`;
}
