import { GRANT_STATE } from '../../grants/grant-state-sql.js';
import { instant, LICENSEE, LICENSEE_LOOKUPS, modelNamed, personal, text, type AuditKind } from './audit-kind.js';

export const grants: AuditKind = {
  rows: 'access_grant x',
  at: 'created_at',
  model: 'x.model_id',
  lookups: `JOIN model m ON m.id = x.model_id JOIN license l ON l.id = x.license_id ${LICENSEE_LOOKUPS}
    LEFT JOIN LATERAL (SELECT min(valid_from) AS since, nullif(max(coalesce(valid_until, 'infinity')), 'infinity') AS until FROM grant_period WHERE grant_id = x.id) period ON true`,
  columns: {
    id: text('x.id'),
    at: instant('x.created_at'),
    state: text(GRANT_STATE),
    model: text('m.slug'),
    license: text('l.slug'),
    origin: text('x.origin'),
    request: text('x.request_id'),
    acceptance: text('x.acceptance_id'),
    licensee: text('x.licensee_id'),
    ...LICENSEE,
    from: instant('period.since'),
    until: instant('CASE WHEN x.acceptance_id IS NULL THEN x.pending_until ELSE period.until END'),
    endedAt: instant('x.ended_at'),
    endedBy: text('x.ended_by'),
    reason: personal('coalesce((SELECT reason FROM grant_suspension s WHERE s.grant_id = x.id AND s.lifted_at IS NULL), x.end_reason)'),
  },
  filters: {
    model: modelNamed('x.model_id'),
    license: (p) => `x.license_id = (SELECT id FROM license WHERE slug = ${p})`,
    licensee: (p) => `x.licensee_id = ${p}`,
    state: (p) => `${GRANT_STATE} = ${p}`,
    origin: (p) => `x.origin = ${p}`,
  },
  text: [
    { column: 'x.licensee_id', source: 'licensee' },
    { column: 'x.model_id', source: 'model' },
    { column: 'x.license_id', source: 'license' },
  ],
};
