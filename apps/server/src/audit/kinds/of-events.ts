import { anyOf, instant, json, modelNamed, number, personal, text, type AuditKind } from './audit-kind.js';

const listed = (kinds: readonly string[]) => `('${kinds.join("', '")}')`;
const kind = (p: string) => `x.kind = ${p}`;
const code = (p: string) => `x.code = ${p}`;

/** Ways by which bytes leave begin with one of these words, whichever channel it is. */
export const DOWNLOADS = `x.kind ~ '^(link|download|torrent|pull)-'`;
/** Of a link that was refused, and of what went by torrent or registry, the subject is the grant. */
export const OF_GRANT = `x.kind ~ '^(link-refused$|torrent-taken$|pull-)'`;
const LINK = `coalesce(l.id, CASE WHEN NOT ${OF_GRANT} THEN x.subject_id END)`;
export const CHANNEL = `coalesce(l.channel, x.detail ->> 'channel', CASE WHEN x.kind = 'torrent-taken' THEN 'torrent' END)`;
/** By torrent: what left here, by the seeder and the webseed. */
export const BYTES = `coalesce((x.detail -> 'bytes')::bigint, (x.detail -> 'seeded')::bigint + (x.detail -> 'webseeded')::bigint)`;

export const downloads: AuditKind = {
  rows: 'event x LEFT JOIN link l ON l.id = x.subject_id',
  where: DOWNLOADS,
  at: 'at',
  model: 'x.model_id',
  lookups: `LEFT JOIN link l ON l.id = x.subject_id LEFT JOIN release r ON r.id::text = coalesce(l.release_id::text, x.detail ->> 'release')
    LEFT JOIN model m ON m.id = x.model_id LEFT JOIN holder h ON h.id = x.holder_id LEFT JOIN person hp ON hp.account_id = h.account_id
    LEFT JOIN service_seat s ON s.id = h.seat_id`,
  columns: {
    id: text('x.id'),
    at: instant('x.at'),
    kind: text('x.kind'),
    model: text('m.slug'),
    release: text('r.name'),
    link: text(LINK),
    grant: text(`coalesce(l.grant_id::text, x.detail ->> 'grant', CASE WHEN ${OF_GRANT} THEN x.subject_id::text END)`),
    channel: text(CHANNEL),
    path: text(`x.detail ->> 'path'`),
    bytes: number(BYTES),
    outcome: text(`x.detail ->> 'outcome'`),
    code: text('x.code'),
    holder: text('x.holder_id'),
    holderName: personal('coalesce(hp.name, s.name)'),
    holderEmail: personal('hp.email'),
  },
  filters: {
    kind,
    code,
    model: modelNamed('x.model_id'),
    release: (p) => anyOf('l.release_id', `SELECT id FROM release WHERE name = ${p}`),
    grant: (p) => `(l.grant_id = ${p} OR (${OF_GRANT} AND x.subject_id = ${p}))`,
    link: (p) => `x.subject_id = ${p}`,
    holder: (p) => `x.holder_id = ${p}`,
    channel: (p) => `${CHANNEL} = ${p}`,
  },
  text: [
    { column: 'x.holder_id', source: 'holder' },
    { column: 'x.model_id', source: 'model' },
  ],
};

/** What people do for themselves, whichever roles they hold; all else that somebody with a role does, they do as staff. */
const FOR_ONESELF = `x.kind ~ '^(sign-in|second-factor|recovery-code|session|sessions|password|email|identity|profile|affiliation|account|token|agreement|link|download|pull|request-(drafted|edited|submit|withdraw|appeal)|quiz-attempt|quiz-passed|quiz-failed|referee|organization|membership|invitation|domain-claimed|seat|deletion-stated|evidence-read|certificate-read|dossier-exported|dossier-read|data-exported|erasure|passkey)(-|$)'`;

export const staffActions: AuditKind = {
  rows: 'event x',
  where: `x.actor_id IS NOT NULL AND NOT ${FOR_ONESELF} AND EXISTS (SELECT FROM role_assignment h WHERE h.account_id = x.actor_id AND h.valid_from <= x.at AND (h.valid_until IS NULL OR h.valid_until > x.at))`,
  at: 'at',
  model: 'x.model_id',
  lookups: 'LEFT JOIN person p ON p.account_id = x.actor_id LEFT JOIN model m ON m.id = x.model_id',
  columns: {
    id: text('x.id'),
    at: instant('x.at'),
    kind: text('x.kind'),
    requestId: text('x.request_id'),
    actor: text('x.actor_id'),
    actorName: personal('p.name'),
    subject: text('x.subject_id'),
    model: text('m.slug'),
    code: text('x.code'),
    detail: json('x.detail'),
  },
  filters: { kind, model: modelNamed('x.model_id'), subject: (p) => `x.subject_id = ${p}`, actor: (p) => `x.actor_id = ${p}` },
  text: [
    { column: 'x.actor_id', source: 'person' },
    { column: 'x.model_id', source: 'model' },
  ],
};

const SIGN_INS = ['sign-in', 'second-factor', 'recovery-code-used', 'session-ended', 'sessions-ended'];
/** Whose it is, whoever tried: a session's end is about the session, all else about the account. */
const ACCOUNT = `CASE WHEN x.kind = 'session-ended' THEN x.actor_id ELSE x.subject_id END`;

export const signIns: AuditKind = {
  rows: 'event x',
  where: `x.kind IN ${listed(SIGN_INS)}`,
  at: 'at',
  model: null,
  lookups: `LEFT JOIN person p ON p.account_id = ${ACCOUNT}`,
  columns: {
    id: text('x.id'),
    at: instant('x.at'),
    kind: text('x.kind'),
    requestId: text('x.request_id'),
    account: text(ACCOUNT),
    name: personal('p.name'),
    email: personal('p.email'),
    way: text(`x.detail ->> 'way'`),
    code: text('x.code'),
  },
  filters: { kind, code, account: (p) => `((x.actor_id = ${p} OR x.subject_id = ${p}) AND ${ACCOUNT} = ${p})` },
  text: [{ column: `(${ACCOUNT})`, source: 'person' }],
};

/** Ids and plain facts alone. */
export const events: AuditKind = {
  rows: 'event x',
  at: 'at',
  model: null,
  lookups: 'LEFT JOIN model m ON m.id = x.model_id',
  columns: {
    id: text('x.id'),
    kind: text('x.kind'),
    at: instant('x.at'),
    requestId: text('x.request_id'),
    actor: text('x.actor_id'),
    holder: text('x.holder_id'),
    subject: text('x.subject_id'),
    model: text('m.slug'),
    code: text('x.code'),
    detail: json('x.detail'),
  },
  filters: {
    kind,
    subject: (p) => `x.subject_id = ${p}`,
    actor: (p) => `x.actor_id = ${p}`,
    model: modelNamed('x.model_id'),
  },
  text: [],
};
