import {
  channelBits,
  type AccessFacts,
  type Channel,
  type Prerequisite,
  type PrerequisiteStanding,
  type ReleaseState,
} from '@paddock/domain';
import type { DataSource } from 'typeorm';
import { AskedTogether } from '../database/asked-together.js';
import { prepared } from '../database/prepared.js';
import { judgePrerequisites } from './asked-prerequisites.js';

/** When a later text must have been accepted instead of what `acc` accepted, `v` being its license version. */
export const REACCEPT_FROM = `least(
    (SELECT min(later.reaccept_from) FROM license_version later WHERE later.license_id = v.license_id AND later.n > v.n),
    (SELECT min(later.reaccept_from) FROM agreement_policy ap JOIN snapshot bound ON bound.id = ap.snapshot_id
       JOIN snapshot later ON later.policy_id = ap.policy_id AND later.effective_from > bound.effective_from WHERE ap.agreement_id = acc.agreement_id)
  )`;

/** Where each member must accept, a member who did not sign for the organization is covered by an acceptance of their own that joins it. */
const COVERED = `(v.coverage = 'organization' OR m.id IS NULL OR acc.signer_id = h.account_id OR EXISTS (
    SELECT FROM acceptance own WHERE own.joins_id = acc.id AND own.signer_id = h.account_id AND own.outcome = 'accepted'))`;

/** Looked for only where a seat is the holder. */
const SEAT_UNTIL = `CASE WHEN h.seat_id IS NOT NULL THEN (
    SELECT extract(epoch FROM coalesce(expires_at, 'infinity'))::float8 * 1000 FROM service_seat
    WHERE id = h.seat_id AND organization_id = k.organization_id AND ended_at IS NULL) END`;

/** One row of everything that the gate judges. Times in milliseconds. */
export const FACT_COLUMNS = `
  r.state AS "releaseState", g.is_public AS "isPublic", v.assent = 'required' AS "assentRequired", v.channels,
  g.acceptance_id IS NULL AND NOT g.is_public AS pending, g.acceptance_id IS NOT NULL AND ${COVERED} AS accepted, g.ended_at IS NOT NULL AND (g.ended_by IS NOT NULL OR g.is_public) AS revoked, g.replaced_by IS NOT NULL AS replaced,
  EXISTS (SELECT FROM grant_suspension WHERE grant_id = g.id AND lifted_at IS NULL) AS suspended,
  extract(epoch FROM period.valid_from)::float8 * 1000 AS "grantFrom", extract(epoch FROM period.valid_until)::float8 * 1000 AS "grantUntil",
  g.is_public OR k.account_id = h.account_id OR m.id IS NOT NULL AS entitled, ${SEAT_UNTIL} AS "seatUntil",
  extract(epoch FROM ${REACCEPT_FROM})::float8 * 1000 AS "acceptanceUntil",
  (SELECT prerequisites FROM access_terms WHERE id = g.terms_id AND prerequisites <> '[]') AS asked,
  extract(epoch FROM clock_timestamp())::float8 * 1000 AS now,
  g.id AS "grant", g.licensee_id AS licensee, h.id AS holder, g.model_id AS model, (SELECT slug FROM model WHERE id = g.model_id) AS "modelSlug", r.id AS release, r.name AS "releaseName",
  (SELECT name FROM release WHERE id = r.replacement_id) AS replacement`;

/** `holder` finds the holder's row; `sinceMembership` keeps a rejoined member's old links shut. */
export const factJoins = (holder: string, sinceMembership: string) => `
  LEFT JOIN acceptance acc ON acc.id = g.acceptance_id
  JOIN license_version v ON v.id = coalesce(acc.license_version_id, (
    SELECT id FROM license_version WHERE license_id = g.license_id AND effective_from <= now() ORDER BY n DESC LIMIT 1))
  LEFT JOIN LATERAL (
    SELECT min(valid_from) AS valid_from, max(coalesce(valid_until, 'infinity')) AS valid_until FROM grant_period WHERE grant_id = g.id) period ON true
  LEFT JOIN licensee k ON k.id = g.licensee_id
  LEFT JOIN holder h ON ${holder}
  LEFT JOIN membership m ON m.organization_id = k.organization_id AND m.account_id = h.account_id AND m.valid_until IS NULL ${sinceMembership}`;

/** A grant opens the releases of its model that name no license of their own, or its own license, or the one it varies. */
export const FITS = `(r.license_id IS NULL OR r.license_id = g.license_id OR r.license_id = (SELECT license_id FROM license_version WHERE id = gl.base_version_id))`;

/** Both statements answer several questions at once; a row says by `turn` which of them it answers, from 1. */
export const BY_RELEASE = `
  SELECT asked.turn::int4, ${FACT_COLUMNS}, 'gated' AS "artifactAccess"
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) WITH ORDINALITY AS asked (account, seat, grant_id, release, turn)
  JOIN access_grant g ON g.id = asked.grant_id JOIN release r ON r.model_id = g.model_id AND r.name = asked.release JOIN license gl ON gl.id = g.license_id
  ${factJoins('h.account_id = asked.account OR h.seat_id = asked.seat', '')} WHERE ${FITS}`;

const BY_LINK = `
  SELECT asked.turn::int4, ${FACT_COLUMNS}, coalesce(a.access, 'public') AS "artifactAccess", a.id AS artifact, a.path, a.size::float8 AS size, a.sha256, a.media_type AS "mediaType", a.storage_key AS "storageKey",
    extract(epoch FROM x.expires_at)::float8 * 1000 AS "expiresAt", x.paths IS NULL OR a.path = ANY (x.paths) AS covered, x.revoked_at IS NOT NULL AS "linkRevoked", x.max_copies AS "maxCopies", x.channel
  FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS asked (link, path, turn)
  JOIN link x ON x.id = asked.link JOIN access_grant g ON g.id = x.grant_id JOIN release r ON r.id = x.release_id LEFT JOIN artifact a ON a.release_id = r.id AND a.path = asked.path
  ${factJoins('h.id = x.holder_id', 'AND m.valid_from <= x.created_at')}`;

/** Larger statements keep one connection busy while others idle. */
export const MOST_AT_ONCE = 16;

export interface FactsRow {
  releaseState: ReleaseState;
  artifactAccess: 'gated' | 'public';
  isPublic: boolean;
  assentRequired: boolean;
  channels: Channel[];
  pending: boolean;
  accepted: boolean;
  revoked: boolean;
  replaced: boolean;
  suspended: boolean;
  grantFrom: number | null;
  grantUntil: number | null;
  entitled: boolean;
  /** null for all but the open seats of the licensee. */
  seatUntil: number | null;
  acceptanceUntil: number | null;
  now: number;
}

/** The facts, the database's clock, and what an answer names. */
export interface GatheredFacts {
  facts: AccessFacts;
  now: number;
  grant: string;
  /** null for a public grant. */
  licensee: string | null;
  holder: string | null;
  model: string;
  modelSlug: string;
  release: string;
  releaseName: string;
  replacement: string | null;
  /** What the grant's terms ask for; null for nothing. */
  asked: Prerequisite[] | null;
  /** How the holder stands to it; a seat's custodian, for a seat. */
  prerequisites: readonly PrerequisiteStanding[];
}

export interface LinkedArtifactFacts extends GatheredFacts {
  expiresAt: number;
  linkRevoked: boolean;
  maxCopies: number | null;
  channel: 'link' | 'direct' | 'torrent';
  /** Whether the link names the file; false also where the release holds no such file. */
  covered: boolean;
  artifact: { id: string; path: string; size: number; sha256: string; mediaType: string; storageKey: string } | null;
}

export type Row<T> = FactsRow & Omit<T, 'facts' | 'now' | 'prerequisites'> & { turn: number };
type LinkRow = Row<Omit<LinkedArtifactFacts, 'artifact'>> & {
  artifact: string | null;
  path: string;
  size: number;
  sha256: string;
  mediaType: string;
  storageKey: string;
};

/** The questions that are waiting on one database. */
class FactQuestions {
  readonly byRelease: AskedTogether<
    [account: string | null, seat: string | null, grant: string, release: string],
    GatheredFacts | undefined
  >;
  readonly byLink: AskedTogether<[link: string, path: string], LinkedArtifactFacts | undefined>;

  constructor(database: DataSource) {
    this.byRelease = new AskedTogether(async (asked) => {
      const rows = await prepared<Row<GatheredFacts>>(
        database,
        'facts-by-release',
        BY_RELEASE,
        [0, 1, 2, 3].map((part) => asked.map((question) => question[part])),
      );
      return judgePrerequisites(database, inTurn(asked.length, rows, releaseFacts));
    }, MOST_AT_ONCE);
    this.byLink = new AskedTogether(async (asked) => {
      const rows = await prepared<LinkRow>(
        database,
        'facts-by-link',
        BY_LINK,
        [0, 1].map((part) => asked.map((question) => question[part])),
      );
      return judgePrerequisites(database, inTurn(asked.length, rows, linkedFacts));
    }, MOST_AT_ONCE);
  }
}

const questionsOf = new WeakMap<DataSource, FactQuestions>();

function ask(database: DataSource): FactQuestions {
  let questions = questionsOf.get(database);
  if (!questions) questionsOf.set(database, (questions = new FactQuestions(database)));
  return questions;
}

/** For the account or seat that would hold what is handed out; undefined where the grant does not open such a release. */
export function gatherForRelease(
  database: DataSource,
  { account, seat }: { account: string | null; seat: string | null },
  grant: string,
  release: string,
): Promise<GatheredFacts | undefined> {
  return ask(database).byRelease.ask([account, seat, grant, release]);
}

/** undefined where there is no such link. */
export function gatherForLink(database: DataSource, link: string, path: string): Promise<LinkedArtifactFacts | undefined> {
  return ask(database).byLink.ask([link, path]);
}

export function inTurn<R extends { turn: number }, Facts>(count: number, rows: R[], factsOfRow: (row: R) => Facts): (Facts | undefined)[] {
  const answers = new Map(rows.map((row) => [row.turn, factsOfRow(row)]));
  return Array.from({ length: count }, (_, index) => answers.get(index + 1));
}

function releaseFacts({ turn: _, ...row }: Row<GatheredFacts>): GatheredFacts {
  return { ...row, facts: factsOf(row), prerequisites: [] };
}

function linkedFacts(row: LinkRow): LinkedArtifactFacts {
  const { turn: _, artifact: id, path: stored, size, sha256, mediaType, storageKey, ...rest } = row;
  const artifact = id === null ? null : { id, path: stored, size, sha256, mediaType, storageKey };
  return { ...rest, facts: factsOf(row), prerequisites: [], covered: row.covered && artifact !== null, artifact };
}

export function factsOf(row: FactsRow): AccessFacts {
  return {
    releaseState: row.releaseState,
    artifactAccess: row.artifactAccess,
    grantReach: row.isPublic ? (row.assentRequired ? 'public-artifacts' : 'everything') : 'licensed',
    pending: row.pending,
    revoked: row.revoked,
    replaced: row.replaced,
    suspended: row.suspended,
    grantFrom: row.grantFrom ?? -Infinity,
    grantUntil: row.grantUntil ?? Infinity,
    holderFrom: -Infinity,
    holderUntil: row.entitled ? Infinity : (row.seatUntil ?? -Infinity),
    assentRequired: row.assentRequired,
    accepted: row.accepted,
    acceptanceUntil: row.acceptanceUntil ?? Infinity,
    prerequisitesUntil: Infinity,
    channels: channelBits(row.channels),
  };
}
