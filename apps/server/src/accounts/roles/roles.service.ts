import { Injectable } from '@nestjs/common';
import type { AssignRole, ListRoles } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { refuseWithoutRole, type PersonActor } from '../../http/actor.js';
import { page, readCursor } from '../../http/cursor.js';
import { EventLog } from '../../ledger/event-log.js';
import { RoleInvitations } from './role-invitations.service.js';
import { placeOf, type Place } from './role-places.js';

/** Any number serves: it puts the ends of administrators' roles in a row. */
const ADMINISTRATORS_LOCK = 7_223_453;

interface RoleRow {
  id: string;
  role: string;
  scope: string;
  place: string | null;
  state: string;
  account: string | null;
  name: string | null;
  email: string | null;
  opensSealed: boolean;
  from: Date;
  until: Date | null;
  position: string;
}

const HOLDS = '(r.valid_until IS NULL OR r.valid_until > now())';
const ROLES = `
  SELECT r.*, coalesce(pub.slug, m.slug) AS place, to_json(r.from) #>> '{}' AS position FROM (
    SELECT r.id, r.role, r.scope, r.publisher_id, r.model_id, CASE WHEN ${HOLDS} THEN 'active' ELSE 'ended' END AS state, r.account_id AS account, p.name, p.email,
      r.opens_sealed AS "opensSealed", r.valid_from AS "from", r.valid_until AS until FROM role_assignment r JOIN person p ON p.account_id = r.account_id
    UNION ALL
    SELECT r.id, r.role, r.scope, r.publisher_id, r.model_id, CASE WHEN r.ended_at IS NULL AND ${HOLDS} THEN 'invited' ELSE 'ended' END, NULL, NULL, r.email,
      r.opens_sealed, r.created_at, r.valid_until FROM role_invitation r WHERE r.assignment_id IS NULL) r
  LEFT JOIN publisher pub ON pub.id = r.publisher_id LEFT JOIN model m ON m.id = r.model_id
  WHERE ($1::text IS NULL OR r.role = $1) AND ($2::text IS NULL OR r.state = $2) AND ($3::timestamptz IS NULL OR (r.from, r.id) < ($3, $4::uuid))
  ORDER BY r.from DESC, r.id DESC LIMIT $5`;

@Injectable()
export class RolesService {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
    private readonly invitations: RoleInvitations,
  ) {}

  async list(actor: PersonActor, query: ListRoles) {
    refuseWithoutRole(actor, 'admin');
    const cursor = readCursor(query.cursor);
    const values = [query.role ?? null, query.state ?? null, cursor?.at ?? null, cursor?.id ?? null, query.limit + 1];
    const rows = await this.database.query<RoleRow[]>(ROLES, values);
    const { items, nextCursor } = page(rows, query.limit, (row) => ({ at: row.position, id: row.id }));
    return { items: items.map(shown), nextCursor };
  }

  /** An auditor often comes from outside: without a confirmed address they are invited, and hold the role once they have one. */
  async assign(actor: PersonActor, input: AssignRole) {
    refuseWithoutRole(actor, 'admin');
    return this.database.transaction(async (tx) => {
      await refusePast(tx, input.until);
      const [person] = await tx.query<{ account_id: string; verified: boolean }[]>(
        'SELECT p.account_id, a.verified_at IS NOT NULL AS verified FROM person p JOIN account a ON a.id = p.account_id WHERE lower(p.email) = lower($1)',
        [input.email],
      );
      if (!person && input.role !== 'auditor') throw new Refusal('not-found', 'No account has this e-mail.');
      const place = await placeOf(tx, input);
      const invited = input.role === 'auditor' && !person?.verified;
      const id = invited
        ? await this.invitations.invite(tx, actor, input, place)
        : await this.give(tx, actor, person!.account_id, input, place);
      const { role } = input;
      return { id, role, scope: place.scope, place: input.model ?? input.publisher ?? null, state: invited ? 'invited' : 'active' };
    });
  }

  private async give(tx: EntityManager, actor: PersonActor, account: string, input: AssignRole, place: Place): Promise<string> {
    const id = uuidv7();
    const { role, until = null, opensSealed = false } = input;
    await tx.query(
      'INSERT INTO role_assignment (id, account_id, role, scope, publisher_id, model_id, opens_sealed, valid_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
      [id, account, role, place.scope, place.publisher, place.model, opensSealed, until],
    );
    await this.events.append(actor, { kind: 'role-assigned', subject: account, detail: { role, ...place, until, opensSealed } }, tx);
    return id;
  }

  async end(actor: PersonActor, id: string): Promise<void> {
    refuseWithoutRole(actor, 'admin');
    await this.database.transaction(async (tx) => {
      if (await this.invitations.withdraw(tx, actor, id)) return;
      const [rows] = await tx.query<[{ account_id: string; role: string }[], number]>(
        'UPDATE role_assignment SET valid_until = now() WHERE id = $1 AND (valid_until IS NULL OR valid_until > now()) RETURNING account_id, role',
        [id],
      );
      await refuseWithoutAdministrator(tx);
      const ended = rows[0];
      if (!ended) throw new Refusal('not-found', 'There is no such open assignment.');
      await this.events.append(actor, { kind: 'role-ended', subject: ended.account_id, detail: { role: ended.role } }, tx);
    });
  }
}

/** Looked at after the change, which a refusal undoes: two administrators cannot end one another at once. */
export async function refuseWithoutAdministrator(tx: EntityManager): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [ADMINISTRATORS_LOCK]);
  const rows = await tx.query<unknown[]>(
    `SELECT 1 FROM role_assignment WHERE role = 'admin' AND scope = 'portal' AND (valid_until IS NULL OR valid_until > now()) LIMIT 1`,
  );
  if (rows.length === 0) throw new Refusal('last-administrator', 'Nobody else administers the portal.');
}

/** By the database's clock, which ends the role too. */
async function refusePast(tx: EntityManager, until: string | undefined): Promise<void> {
  if (until === undefined) return;
  const [row] = await tx.query<{ past: boolean }[]>('SELECT $1::timestamptz <= now() AS past', [until]);
  if (row?.past) throw new Refusal('malformed-request', 'until: has passed already', { fields: ['until'] });
}

function shown({ id, role, scope, place, state, account, name, email, opensSealed, from, until }: RoleRow) {
  return { id, role, scope, place, state, account, name, email, opensSealed, from, until };
}
