import type { ListAudit } from '@paddock/contracts';
import type { Actor } from '../http/actor.js';
import type { Cursor } from '../http/cursor.js';

const ACCEPTANCES = `
  SELECT a.id, a.created_at AS at, a.outcome AS state, m.slug AS model, r.name AS release, l.slug AS license, v.n AS "licenseVersion", a.agreement_id AS agreement,
    a.licensee_id AS licensee, CASE WHEN k.account_id IS NULL THEN 'organization' ELSE 'individual' END AS "licenseeKind",
    coalesce(o.legal_name, lp.name) AS "licenseeName", coalesce(o.country, lp.country) AS country,
    a.signer_id AS signer, sp.name AS "signerName", sp.email AS "signerEmail", g.id AS "grant", to_json(a.created_at) #>> '{}' AS position
  FROM acceptance a JOIN model m ON m.id = a.model_id JOIN license_version v ON v.id = a.license_version_id JOIN license l ON l.id = v.license_id
  JOIN licensee k ON k.id = a.licensee_id LEFT JOIN release r ON r.id = a.release_id LEFT JOIN access_grant g ON g.acceptance_id = coalesce(a.joins_id, a.id)
  LEFT JOIN organization o ON o.id = k.organization_id LEFT JOIN person lp ON lp.account_id = k.account_id LEFT JOIN person sp ON sp.account_id = a.signer_id`;

/** Every filter, with the condition that it stands for. */
const CONDITIONS: readonly [keyof ListAudit, (parameter: string) => string][] = [
  ['model', (p) => `m.slug = ${p}`],
  ['release', (p) => `r.name = ${p}`],
  ['license', (p) => `l.slug = ${p}`],
  ['licenseVersion', (p) => `v.n = ${p}`],
  ['agreement', (p) => `a.agreement_id = ${p}`],
  ['licensee', (p) => `a.licensee_id = ${p}`],
  ['signer', (p) => `a.signer_id = ${p}`],
  ['state', (p) => `a.outcome = ${p}`],
  ['from', (p) => `a.created_at >= ${p}`],
  ['to', (p) => `a.created_at < ${p}`],
  ['q', (p) => `concat_ws(' ', sp.name, sp.email, lp.name, o.legal_name, m.slug, l.slug) ILIKE ${p}`],
];

export interface AcceptanceQuery {
  text: string;
  values: unknown[];
}

/** The list that this auditor may see, newest first. */
export function acceptanceQuery(
  actor: Actor,
  filters: Partial<ListAudit>,
  cursor: Cursor | undefined,
  limit: number | undefined,
): AcceptanceQuery {
  const values: unknown[] = [];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const conditions = CONDITIONS.flatMap(([name, condition]) => {
    const value = filters[name];
    return value === undefined ? [] : [condition(parameter(name === 'q' ? likePattern(String(value)) : value))];
  });
  const places = actor.roles.filter(({ role }) => role === 'auditor' || role === 'admin');
  if (!places.some(({ scope }) => scope === 'portal')) {
    const publishers = parameter(places.flatMap(({ publisher }) => publisher ?? []));
    const models = parameter(places.flatMap(({ model }) => model ?? []));
    conditions.push(`(m.publisher_id = ANY (${publishers}::uuid[]) OR m.id = ANY (${models}::uuid[]))`);
  }
  if (cursor) conditions.push(`(a.created_at, a.id) < (${parameter(cursor.at)}, ${parameter(cursor.id)}::uuid)`);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const most = limit === undefined ? '' : `LIMIT ${parameter(limit)}`;
  return { text: `${ACCEPTANCES} ${where} ORDER BY a.created_at DESC, a.id DESC ${most}`, values };
}

/** Free text is looked for as it stands: `%` and `_` are letters like others. */
function likePattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
