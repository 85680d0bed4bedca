import type { DataSource } from 'typeorm';
import { AskedTogether } from '../database/asked-together.js';
import { prepared } from '../database/prepared.js';
import { FACT_COLUMNS, factJoins, factsOf, FITS, MOST_AT_ONCE, type GatheredFacts, type Row } from './access-facts.js';
import { judgePrerequisites } from './asked-prerequisites.js';

/** Who pulls, as far as grants are concerned; nobody in particular where all is null. */
export interface Puller {
  account: string | null;
  seat: string | null;
  /** Whom the access token is bound to. */
  licensee: string | null;
}

/**
 * Grants by which they may have bytes, the newest first: of memberships that have ended too, since these explain a refusal.
 * `of` says which grants count, and refers to `g` alone.
 */
const grantsOf = (of: string) => `
  JOIN LATERAL (
    SELECT g.id FROM access_grant g WHERE ${of} AND (asked.licensee IS NULL OR g.licensee_id = asked.licensee) AND g.licensee_id IN (
      SELECT id FROM licensee WHERE account_id = asked.account
      UNION ALL SELECT k.id FROM licensee k JOIN membership e ON e.organization_id = k.organization_id WHERE e.account_id = asked.account
      UNION ALL SELECT asked.licensee WHERE asked.seat IS NOT NULL)
  ) own ON true JOIN access_grant g ON g.id = own.id`;

const HOLDER = factJoins('h.account_id = asked.account OR h.seat_id = asked.seat', '');
const ASKED = (last: string) =>
  `unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) WITH ORDINALITY AS asked (account, seat, licensee, ${last}, turn)`;

const OF_RELEASE = `
  SELECT asked.turn::int4, ${FACT_COLUMNS}, 'gated' AS "artifactAccess", g.created_at AS "grantedAt"
  FROM ${ASKED('release')} JOIN release r ON r.id = asked.release ${grantsOf('g.model_id = r.model_id')} JOIN license gl ON gl.id = g.license_id ${HOLDER} WHERE ${FITS}
  UNION ALL
  SELECT asked.turn::int4, ${FACT_COLUMNS}, 'gated', g.created_at
  FROM ${ASKED('release')} JOIN release r ON r.id = asked.release JOIN access_grant g ON g.model_id = r.model_id AND g.is_public JOIN license gl ON gl.id = g.license_id ${factJoins('false', '')} WHERE ${FITS}`;

/** A runtime for licensees opens to whoever holds a grant of any model of its publisher. */
const OF_PUBLISHER = `
  SELECT asked.turn::int4, ${FACT_COLUMNS}, 'gated' AS "artifactAccess", g.created_at AS "grantedAt"
  FROM ${ASKED('publisher')} JOIN model pm ON pm.publisher_id = asked.publisher
  CROSS JOIN (SELECT NULL::uuid AS id, 'published'::text AS state, NULL::text AS name, NULL::uuid AS replacement_id) r
  ${grantsOf('g.model_id = pm.id')} ${HOLDER}`;

type Asked = [account: string | null, seat: string | null, licensee: string | null, of: string];
type PullRow = Row<GatheredFacts> & { grantedAt: Date };
type Question = AskedTogether<Asked, GatheredFacts[]>;

const questionsOf = new WeakMap<DataSource, { ofRelease: Question; ofPublisher: Question }>();

function questions(database: DataSource) {
  let known = questionsOf.get(database);
  if (!known) {
    known = {
      ofRelease: question(database, 'facts-of-pull', OF_RELEASE),
      ofPublisher: question(database, 'facts-of-runtime', OF_PUBLISHER),
    };
    questionsOf.set(database, known);
  }
  return known;
}

function question(database: DataSource, name: string, statement: string): Question {
  return new AskedTogether(async (asked) => {
    const columns = [0, 1, 2, 3].map((part) => asked.map((one) => one[part]));
    const rows = (await prepared<PullRow>(database, name, statement, columns)).toSorted(
      (a, b) => b.grantedAt.getTime() - a.grantedAt.getTime(),
    );
    const judged = await judgePrerequisites(
      database,
      rows.map(({ grantedAt: _, ...row }) => ({ ...row, facts: factsOf(row), prerequisites: [] })),
    );
    return asked.map((_, index) => judged.filter((one) => one !== undefined && one.turn === index + 1) as GatheredFacts[]);
  }, MOST_AT_ONCE);
}

/** Of each grant that could open the release to them, the public one among these. */
export function gatherForPull(database: DataSource, { account, seat, licensee }: Puller, release: string): Promise<GatheredFacts[]> {
  return questions(database).ofRelease.ask([account, seat, licensee, release]);
}

/** Of each grant of theirs of any model of the publisher. */
export function gatherForRuntime(database: DataSource, { account, seat, licensee }: Puller, publisher: string): Promise<GatheredFacts[]> {
  return questions(database).ofPublisher.ask([account, seat, licensee, publisher]);
}
