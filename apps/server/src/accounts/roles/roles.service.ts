import { Injectable } from '@nestjs/common';
import type { AssignRole } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { refuseWithoutRole, type PersonActor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';

/** Any number serves: it puts the ends of administrators' roles in a row. */
const ADMINISTRATORS_LOCK = 7_223_453;

interface Place {
  scope: 'portal' | 'publisher' | 'model';
  publisher: string | null;
  model: string | null;
}

@Injectable()
export class RolesService {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
  ) {}

  async assign(actor: PersonActor, input: AssignRole): Promise<{ id: string; role: string; scope: string; place: string | null }> {
    refuseWithoutRole(actor, 'admin');
    return this.database.transaction(async (tx) => {
      const [person] = await tx.query<{ account_id: string }[]>('SELECT account_id FROM person WHERE lower(email) = lower($1)', [
        input.email,
      ]);
      if (!person) throw new Refusal('not-found', 'No account has this e-mail.');
      const place = await placeOf(tx, input);
      const id = uuidv7();
      await tx.query(
        'INSERT INTO role_assignment (id, account_id, role, scope, publisher_id, model_id, valid_until) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [id, person.account_id, input.role, place.scope, place.publisher, place.model, input.until ?? null],
      );
      await this.events.append(actor, { kind: 'role-assigned', subject: person.account_id, detail: { role: input.role, ...place } }, tx);
      return { id, role: input.role, scope: place.scope, place: input.model ?? input.publisher ?? null };
    });
  }

  async end(actor: PersonActor, id: string): Promise<void> {
    refuseWithoutRole(actor, 'admin');
    await this.database.transaction(async (tx) => {
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

async function placeOf(tx: EntityManager, { publisher, model }: AssignRole): Promise<Place> {
  if (model !== undefined) return { scope: 'model', publisher: null, model: await idOf(tx, 'model', model) };
  if (publisher !== undefined) return { scope: 'publisher', publisher: await idOf(tx, 'publisher', publisher), model: null };
  return { scope: 'portal', publisher: null, model: null };
}

async function idOf(tx: EntityManager, table: 'model' | 'publisher', slug: string): Promise<string> {
  const [row] = await tx.query<{ id: string }[]>(`SELECT id FROM ${table} WHERE slug = $1`, [slug]);
  if (!row) throw new Refusal('not-found', `There is no ${table} of this name.`);
  return row.id;
}
