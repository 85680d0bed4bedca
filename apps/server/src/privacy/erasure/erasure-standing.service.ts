import { Injectable } from '@nestjs/common';
import type { ListErasures } from '@paddock/contracts';
import { ERASURE_PART_NAMES, ERASURE_PARTS, OPEN_STATES, type ErasurePart, type ErasureState } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { refuseWithoutRole, type PersonActor } from '../../http/actor.js';
import { page, readCursor } from '../../http/cursor.js';
import { erasureObstacles } from './ending/erasure-obstacles.js';
import { keptAcceptances, shownKept } from './kept-acceptances.js';

interface Row {
  account_id: string;
  state: ErasureState;
  requested_at: Date;
  ended_at: Date | null;
  minimum_at: Date | null;
  erased_at: Date | null;
  at: string;
}

const ERASURES = `SELECT account_id, state, requested_at, ended_at, minimum_at, erased_at, to_json(requested_at) #>> '{}' AS at FROM erasure`;

/** How many rows of each part an erasure would end: $1 the account, $2 the licensees that end with it. */
const COUNTS: Readonly<Record<ErasurePart, string>> = {
  grants: 'SELECT count(*) FROM access_grant WHERE licensee_id = ANY ($2::uuid[]) AND ended_at IS NULL',
  requests: 'SELECT count(*) FROM access_request WHERE (applicant_id = $1 OR licensee_id = ANY ($2::uuid[])) AND state = ANY ($3::text[])',
  memberships: 'SELECT count(*) FROM membership WHERE account_id = $1 AND valid_until IS NULL',
  organizations: 'SELECT count(*) FROM licensee WHERE id = ANY ($2::uuid[]) AND organization_id IS NOT NULL',
  roles: 'SELECT count(*) FROM role_assignment WHERE account_id = $1 AND (valid_until IS NULL OR valid_until > now())',
  tokens: 'SELECT count(*) FROM access_token WHERE account_id = $1 AND revoked_at IS NULL',
  sessions: 'SELECT count(*) FROM session WHERE account_id = $1 AND expires_at > now()',
  letters: 'SELECT count(*) FROM mail WHERE (account_id = $1 OR about_id = $1) AND erased_at IS NULL',
  sealed: `SELECT count(*) FROM sealed_record WHERE account_id = $1 AND kind <> 'acceptance' AND erased_at IS NULL`,
};

/** Their own licensee, and those of organizations of which nobody else is a member. */
const ENDING = `
  SELECT k.id FROM licensee k WHERE k.account_id = $1 OR k.organization_id IN (
    SELECT organization_id FROM membership m WHERE valid_until IS NULL GROUP BY organization_id HAVING count(*) = 1 AND bool_and(account_id = $1))`;

/** What an erasure does, told before and while it is done. */
@Injectable()
export class ErasureStandings {
  constructor(private readonly database: DataSource) {}

  async of(account: string) {
    const [row] = await this.database.query<Row[]>(`${ERASURES} WHERE account_id = $1`, [account]);
    const ending = (await this.database.query<{ id: string }[]>(ENDING, [account])).map(({ id }) => id);
    const begun = row !== undefined && row.state !== 'requested';
    return {
      ...timesOf(row),
      state: row?.state ?? 'none',
      obstacles: begun ? [] : await erasureObstacles(this.database, account),
      ends: begun ? [] : await this.ends(account, ending),
      kept: (await keptAcceptances(this.database, [account], { ending })).map(shownKept),
    };
  }

  /** For whoever answers for the portal: ids and times, and what keeps each erasure from its end. */
  async list(actor: PersonActor, query: ListErasures) {
    refuseWithoutRole(actor, 'auditor');
    const cursor = readCursor(query.cursor);
    const rows = await this.database.query<Row[]>(
      `${ERASURES} WHERE ($1::timestamptz IS NULL OR (requested_at, account_id) < ($1, $2::uuid)) AND ($3::text IS NULL OR state = $3)
       ORDER BY requested_at DESC, account_id DESC LIMIT $4`,
      [cursor?.at ?? null, cursor?.id ?? null, query.state ?? null, query.limit + 1],
    );
    const { items, nextCursor } = page(rows, query.limit, ({ at, account_id: id }) => ({ at, id }));
    const kept = await keptAcceptances(
      this.database,
      items.map(({ account_id }) => account_id),
    );
    return {
      items: items.map((row) => ({
        account: row.account_id,
        state: row.state,
        ...timesOf(row),
        kept: kept.filter(({ account }) => account === row.account_id).map(shownKept),
      })),
      nextCursor,
    };
  }

  private async ends(account: string, ending: readonly string[]) {
    const columns = ERASURE_PART_NAMES.map((part) => `(${COUNTS[part]})::int AS ${part}`).join(', ');
    const [counts] = await this.database.query<Record<ErasurePart, number>[]>(`SELECT ${columns}`, [account, ending, OPEN_STATES]);
    return ERASURE_PART_NAMES.map((part) => ({ part, count: counts![part], meaning: ERASURE_PARTS[part] }));
  }
}

function timesOf(row: Row | undefined) {
  return {
    requestedAt: row?.requested_at ?? null,
    endedAt: row?.ended_at ?? null,
    minimumKeptAt: row?.minimum_at ?? null,
    erasedAt: row?.erased_at ?? null,
  };
}
