import type { TextSource } from './text-sources.js';

export type ColumnType = 'text' | 'instant' | 'integer' | 'number' | 'json';

/** How a column reads in JSON; as it stands where it needs no more. Times are RFC 3339 in UTC with milliseconds. */
export const IN_JSON: Readonly<Record<ColumnType, (sql: string) => string>> = {
  text: (sql) => sql,
  instant: (sql) => `to_char(${sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  integer: (sql) => sql,
  number: (sql) => `(${sql})::float8`,
  json: (sql) => sql,
};

export interface AuditColumn {
  /** What stands there, once names are looked up. */
  sql: string;
  type: ColumnType;
  /** Says something of a person: whoever is shown a value of it has been shown personal data. */
  personal: boolean;
}

/** What is asked of one kind of audit row, and how it is found. */
export interface AuditKind {
  /** The rows, `x`, with what filters need of other tables. Nothing else is joined before the page is cut. */
  rows: string;
  /** What makes a row of the table one of this kind, where not each is. */
  where?: string;
  /** The time by which rows are ordered, with their id, and counted. */
  at: string;
  /** The model of a row; a kind without it belongs to the whole portal, and to those who audit all of it. */
  model: string | null;
  /** Joined to the rows of the page alone: what they name. */
  lookups: string;
  columns: Readonly<Record<string, AuditColumn>>;
  /** Each filter with its condition; from, to and q are every kind's. */
  filters: Readonly<Record<string, (parameter: string) => string>>;
  /** Where free text is looked for. */
  text: readonly { column: string; source: TextSource }[];
  /** The sealed record of a row, and what of it is shown to those who may open it. */
  sealed?: { record: string; columns: readonly string[] };
}

const column = (type: ColumnType, personal: boolean) => (sql: string) => ({ sql, type, personal });
export const text = column('text', false);
export const personal = column('text', true);
export const integer = column('integer', false);
export const number = column('number', false);
export const json = column('json', false);
export const instant = column('instant', false);

/** Found before the rows are: `=` takes the index that keeps their order, an array takes whichever fits. */
export const modelNamed = (column: string) => (p: string) => `${column} = (SELECT id FROM model WHERE slug = ${p})`;
export const anyOf = (column: string, ids: string) => `${column} = ANY (ARRAY(${ids}))`;

/** A licensee with its name; needs `k` and its `lo` and `lp`. */
export const LICENSEE = {
  licenseeKind: text(`CASE WHEN k.account_id IS NOT NULL THEN 'individual' WHEN k.organization_id IS NOT NULL THEN 'organization' END`),
  licenseeName: personal('coalesce(lo.legal_name, lp.name)'),
  country: personal('coalesce(lo.country, lp.country)'),
};
export const LICENSEE_LOOKUPS = `
  LEFT JOIN licensee k ON k.id = x.licensee_id LEFT JOIN organization lo ON lo.id = k.organization_id LEFT JOIN person lp ON lp.account_id = k.account_id`;
