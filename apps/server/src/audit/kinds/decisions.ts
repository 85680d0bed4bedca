import { anyOf, instant, integer, LICENSEE, modelNamed, personal, text, type AuditKind } from './audit-kind.js';

export const decisions: AuditKind = {
  rows: 'decision x JOIN access_request q ON q.id = x.request_id',
  at: 'created_at',
  model: 'q.model_id',
  lookups: `JOIN access_request y ON y.id = x.request_id JOIN model m ON m.id = y.model_id
    JOIN license_version v ON v.id = x.license_version_id JOIN license l ON l.id = v.license_id
    LEFT JOIN person rp ON rp.account_id = x.account_id LEFT JOIN person ap ON ap.account_id = y.applicant_id
    LEFT JOIN licensee k ON k.id = y.licensee_id LEFT JOIN organization lo ON lo.id = k.organization_id LEFT JOIN person lp ON lp.account_id = k.account_id`,
  columns: {
    id: text('x.id'),
    at: instant('x.created_at'),
    outcome: text('x.outcome'),
    request: text('x.request_id'),
    requestKind: text('y.kind'),
    round: integer('x.round'),
    model: text('m.slug'),
    license: text('l.slug'),
    licenseVersion: integer('v.n'),
    reviewer: text('x.account_id'),
    reviewerName: personal('rp.name'),
    rule: text('x.rule_version'),
    reason: personal('x.reason'),
    applicant: text('y.applicant_id'),
    applicantName: personal('ap.name'),
    applicantEmail: personal('ap.email'),
    licensee: text('y.licensee_id'),
    ...LICENSEE,
  },
  filters: {
    model: modelNamed('q.model_id'),
    license: (p) =>
      anyOf('x.license_version_id', `SELECT v.id FROM license_version v JOIN license l ON l.id = v.license_id WHERE l.slug = ${p}`),
    licenseVersion: (p) => anyOf('x.license_version_id', `SELECT id FROM license_version WHERE n = ${p}`),
    request: (p) => `x.request_id = ${p}`,
    applicant: (p) => `q.applicant_id = ${p}`,
    licensee: (p) => `q.licensee_id = ${p}`,
    reviewer: (p) => `x.account_id = ${p}`,
    outcome: (p) => `x.outcome = ${p}`,
    by: (p) => `(x.account_id IS NULL) = (${p} = 'rule')`,
  },
  text: [
    { column: 'q.applicant_id', source: 'person' },
    { column: 'x.account_id', source: 'person' },
    { column: 'q.licensee_id', source: 'licensee' },
    { column: 'q.model_id', source: 'model' },
    { column: 'x.reason', source: 'itself' },
  ],
};
