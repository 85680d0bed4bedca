import type { Clause } from '@paddock/domain';

/** A clause with the words of the license that it stands for. */
export type WordedClause = Clause & { words: string };

/** SQL for the clauses of license version `v`, whose body is document `d`, in the order of the license. */
export const WORDED_CLAUSES = `coalesce((
  SELECT json_agg(json_build_object('kind', c.kind, 'parameters', c.parameters, 'start', c.byte_start, 'end', c.byte_end,
    'words', convert_from(substring(d.bytes FROM c.byte_start + 1 FOR c.byte_end - c.byte_start), 'UTF8')) ORDER BY c.n)
  FROM clause c WHERE c.license_version_id = v.id), '[]'::json)`;
