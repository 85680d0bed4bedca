import { anyOf, instant, integer, LICENSEE, LICENSEE_LOOKUPS, modelNamed, personal, text, type AuditKind } from './audit-kind.js';

export const acceptances: AuditKind = {
  rows: 'acceptance x',
  at: 'created_at',
  model: 'x.model_id',
  lookups: `JOIN model m ON m.id = x.model_id JOIN license_version v ON v.id = x.license_version_id JOIN license l ON l.id = v.license_id
    LEFT JOIN release r ON r.id = x.release_id LEFT JOIN access_grant g ON g.acceptance_id = coalesce(x.joins_id, x.id)
    LEFT JOIN person sp ON sp.account_id = x.signer_id ${LICENSEE_LOOKUPS}`,
  columns: {
    id: text('x.id'),
    at: instant('x.created_at'),
    state: text('x.outcome'),
    model: text('m.slug'),
    release: text('r.name'),
    license: text('l.slug'),
    licenseVersion: integer('v.n'),
    agreement: text('x.agreement_id'),
    licensee: text('x.licensee_id'),
    ...LICENSEE,
    signer: text('x.signer_id'),
    signerName: personal('sp.name'),
    signerEmail: personal('sp.email'),
    grant: text('g.id'),
  },
  filters: {
    model: modelNamed('x.model_id'),
    release: (p) => anyOf('x.release_id', `SELECT id FROM release WHERE name = ${p}`),
    license: (p) =>
      anyOf('x.license_version_id', `SELECT v.id FROM license_version v JOIN license l ON l.id = v.license_id WHERE l.slug = ${p}`),
    licenseVersion: (p) => anyOf('x.license_version_id', `SELECT id FROM license_version WHERE n = ${p}`),
    agreement: (p) => `x.agreement_id = ${p}`,
    licensee: (p) => `x.licensee_id = ${p}`,
    signer: (p) => `x.signer_id = ${p}`,
    state: (p) => `x.outcome = ${p}`,
  },
  text: [
    { column: 'x.signer_id', source: 'person' },
    { column: 'x.licensee_id', source: 'licensee' },
    { column: 'x.model_id', source: 'model' },
    { column: 'x.license_version_id', source: 'licenseVersion' },
  ],
  sealed: { record: 'x.sealed_id', columns: ['typedName', 'address', 'userAgent'] },
};
