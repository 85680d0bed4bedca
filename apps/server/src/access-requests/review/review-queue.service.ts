import { Injectable } from '@nestjs/common';
import type { ListAccessRequests } from '@paddock/contracts';
import { Refusal, type RoleAssignment } from '@paddock/domain';
import { sha256Hex } from '@paddock/ledger';
import { DataSource } from 'typeorm';
import { prepared } from '../../database/prepared.js';
import { rolesAs, type PersonActor } from '../../http/actor.js';
import { page, readCursor } from '../../http/cursor.js';
import { AWAITING } from '../request/awaiting.js';
import { reviewedModels } from './reviewed-models.js';

interface QueueRow {
  id: string;
  kind: string;
  model: string;
  state: string;
  created_at: Date;
  submitted_at: Date;
  applicant: string | null;
  licensee: string | null;
  assigned: string | null;
  at: string;
}

/** The page is cut first and named after: names are looked up for its rows alone. */
const queue = (condition: string, order: 'ASC' | 'DESC', limit: string) => `
  SELECT q.id, q.kind, m.slug AS model, q.state, q.created_at, q.submitted_at, to_json(q.submitted_at) #>> '{}' AS at,
    ap.name AS applicant, coalesce(o.legal_name, lp.name) AS licensee, r.name AS assigned
  FROM (SELECT * FROM access_request q WHERE ${condition} ORDER BY q.submitted_at ${order}, q.id ${order} LIMIT ${limit}) q
  JOIN model m ON m.id = q.model_id JOIN licensee k ON k.id = q.licensee_id
  LEFT JOIN organization o ON o.id = k.organization_id LEFT JOIN person lp ON lp.account_id = k.account_id
  LEFT JOIN person ap ON ap.account_id = q.applicant_id LEFT JOIN person r ON r.account_id = q.assigned_to
  ORDER BY q.submitted_at ${order}, q.id ${order}`;

/** The requests that somebody may review, filtered and in order. */
@Injectable()
export class ReviewQueue {
  constructor(private readonly database: DataSource) {}

  async list(actor: PersonActor, query: ListAccessRequests) {
    if (actor.via !== 'session') throw new Refusal('session-required', 'The review queue is for people.');
    const { sql, parameters } = queueStatement({ account: actor.account, roles: rolesAs(actor, 'reviewer', 'publisher', 'admin') }, query);
    // Planned once for each combination of filters: planning takes as long as finding the rows.
    const rows = await prepared<QueueRow>(this.database, `queue-${sha256Hex(sql).slice(0, 32)}`, sql, parameters);
    const { items, nextCursor } = page(rows, query.limit, (row) => row);
    return { items: items.map(shown), nextCursor };
  }
}

/** The one statement of a page; a benchmark holds the route against it. */
export function queueStatement(
  actor: { account: string; roles: readonly RoleAssignment[] },
  query: ListAccessRequests,
): { sql: string; parameters: unknown[] } {
  const parameters: unknown[] = [];
  const value = (given: unknown) => `$${parameters.push(given)}`;
  const cursor = readCursor(query.cursor);
  const order = query.order === 'waiting' ? 'ASC' : 'DESC';
  const after = order === 'ASC' ? '>' : '<';
  const conditions = [
    // A draft that was withdrawn was never sent either: nobody is to read it.
    "q.state <> 'draft' AND q.submitted_at IS NOT NULL",
    query.awaiting && `q.state IN ${AWAITING}`,
    query.state && `q.state = ${value(query.state)}`,
    query.model && `q.model_id = (SELECT id FROM model WHERE slug = ${value(query.model)})`,
    query.assigned === 'me' && `q.assigned_to = ${value(actor.account)}`,
    query.assigned === 'nobody' && 'q.assigned_to IS NULL',
    query.assigned === 'anybody' && 'q.assigned_to IS NOT NULL',
    query.q && named(value(`%${query.q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)),
    cursor && `(q.submitted_at, q.id) ${after} (${value(cursor.at)}, ${value(cursor.id)}::uuid)`,
    within(actor.roles, parameters),
  ].filter((condition): condition is string => Boolean(condition));
  return { sql: queue(conditions.join(' AND '), order, value(query.limit + 1)), parameters };
}

const named = (pattern: string) =>
  `(q.applicant_id IN (SELECT account_id FROM person WHERE name ILIKE ${pattern} OR email ILIKE ${pattern})
    OR q.licensee_id IN (SELECT k.id FROM licensee k JOIN organization o ON o.id = k.organization_id WHERE o.legal_name ILIKE ${pattern}))`;

/** Without a condition for whoever decides everything in the whole portal. */
function within(roles: readonly RoleAssignment[], values: unknown[]): string | undefined {
  const columns = { publisher: 'publisher_id', model: 'id' };
  const [access, special] = (['reviewer', 'publisher'] as const).map((role) => reviewedModels(roles, columns, values, role));
  if (access === 'true' && special === 'true') return undefined;
  const within = (models: string | undefined) => (models === 'true' ? 'true' : `q.model_id IN (SELECT id FROM model WHERE ${models})`);
  return `CASE WHEN q.kind = 'special-license' THEN ${within(special)} ELSE ${within(access)} END`;
}

function shown({ id, kind, model, state, created_at, submitted_at, applicant, licensee, assigned }: QueueRow) {
  return { id, kind, model, state, createdAt: created_at, submittedAt: submitted_at, applicant, licensee, assignedTo: assigned };
}
