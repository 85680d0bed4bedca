import type { DataSource } from 'typeorm';
import type { AuditKind } from '../kinds/audit-kind.js';
import { likePattern, TEXT_SOURCES, type TextSource } from '../kinds/text-sources.js';

/** More of them are not looked up one by one: then rows are read in their order, and nearly each page is full soon. */
const FEW = 1000;

export interface FreeText {
  pattern: string;
  /** What bears such a name, by source; absent where it is more than a few. */
  named: ReadonlyMap<TextSource, readonly string[]>;
}

/**
 * Names are found first, so that the rows' statement is planned by how many they are: a few lead to their rows by an
 * index, many make the order of the list the better way.
 */
export async function findNames(database: DataSource, kind: AuditKind, q: string): Promise<FreeText> {
  const pattern = likePattern(q);
  const sources = [...new Set(kind.text.map(({ source }) => source))].filter((source) => TEXT_SOURCES[source] !== null);
  const arrays = sources.map((source) => `ARRAY(SELECT * FROM (${TEXT_SOURCES[source]!('$1')}) n LIMIT ${FEW + 1}) AS "${source}"`);
  const [found] = await database.query<Record<TextSource, string[]>[]>(`SELECT ${arrays.join(', ')}`, [pattern]);
  return { pattern, named: new Map(sources.flatMap((source) => (found![source].length > FEW ? [] : [[source, found![source]]]))) };
}

/** The condition on the rows. */
export function textCondition(kind: AuditKind, { pattern, named }: FreeText, parameter: (value: unknown) => string): string {
  const conditions = kind.text.flatMap(({ column, source }) => {
    const find = TEXT_SOURCES[source];
    if (find === null) return [`${column} ILIKE ${parameter(pattern)}`];
    const ids = named.get(source);
    if (ids === undefined) return [`${column} IN (${find(parameter(pattern))})`];
    return ids.length === 0 ? [] : [`${column} = ANY (${parameter(ids)}::uuid[])`];
  });
  return conditions.length === 0 ? 'false' : `(${conditions.join(' OR ')})`;
}
