import { Refusal, type Rule } from '@paddock/domain';
import type { EntityManager } from 'typeorm';

export interface RuleVersion {
  id: string;
  n: number;
  rules: Rule[];
  created_at: Date;
  state: 'on' | 'tried' | 'untried';
}

export const RULE_VERSIONS = `
  SELECT v.id, v.n, v.rules, v.created_at, CASE
    WHEN v.id IS NOT DISTINCT FROM (SELECT rule_version_id FROM rule_switch s WHERE s.model_id = v.model_id ORDER BY created_at DESC, id DESC LIMIT 1) THEN 'on'
    WHEN EXISTS (SELECT FROM rule_dry_run d WHERE d.rule_version_id = v.id) THEN 'tried' ELSE 'untried' END AS state
  FROM rule_version v`;

export async function ruleVersion(tx: EntityManager, model: string, n: number): Promise<RuleVersion> {
  const [version] = await tx.query<RuleVersion[]>(`${RULE_VERSIONS} WHERE v.model_id = $1 AND v.n = $2`, [model, n]);
  if (!version) throw new Refusal('not-found', `The model has no rules ${n}.`);
  return version;
}

/** The rules that decide now; undefined where people decide alone. */
export async function rulesInForce(tx: EntityManager, model: string): Promise<Pick<RuleVersion, 'n' | 'rules'> | undefined> {
  const [version] = await tx.query<Pick<RuleVersion, 'n' | 'rules'>[]>(
    `SELECT v.n, v.rules FROM rule_version v WHERE v.id = (SELECT rule_version_id FROM rule_switch WHERE model_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1)`,
    [model],
  );
  return version;
}
