import { failedCriteria, GATING_COST, mofStanding, type Admission, type FailedCriterion, type OpennessLabel } from '@paddock/domain';
import type { DataSource } from 'typeorm';
import { spdxLicense } from './spdx.js';
import { WORDED_CLAUSES, type WordedClause } from './worded-clauses.js';

interface ClausedLicense {
  assent: 'required' | 'none';
  spdx: string | null;
  clauses: WordedClause[];
}

const LICENSE = `
  SELECT v.assent, v.spdx, ${WORDED_CLAUSES} AS clauses
  FROM license_version v JOIN license l ON l.id = v.license_id JOIN document d ON d.sha256 = v.body_sha256 WHERE l.slug = $1 AND v.n = $2`;

/** The label of a release: what is open of it, where its license leaves the Open Source Definition, and what the gate costs. */
export async function releaseOpenness(
  database: DataSource,
  label: OpennessLabel,
  admission: Admission | null,
  license: { slug: string; version: number } | null,
) {
  const [row] = license ? await database.query<ClausedLicense[]>(LICENSE, [license.slug, license.version]) : [];
  const spdx = row?.spdx ? { id: row.spdx, name: spdxLicense(row.spdx)?.name ?? row.spdx } : null;
  const osiApproved = row?.spdx ? (spdxLicense(row.spdx)?.osiApproved ?? false) : false;
  return {
    ...label,
    license: { spdx, osiApproved, fails: row ? failedCriteria(row.clauses, row.assent).map(shown) : [] },
    mof: mofStanding(label, osiApproved),
    gate: { admission, cost: admission && GATING_COST[admission] },
  };
}

function shown({ clause, ...criterion }: FailedCriterion) {
  const words = clause && 'words' in clause ? String(clause.words) : null;
  return { ...criterion, clause: clause && { kind: clause.kind, start: clause.start, end: clause.end, words } };
}
