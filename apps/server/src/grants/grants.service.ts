import { Injectable } from '@nestjs/common';
import type { ListGrants } from '@paddock/contracts';
import { grantState, Refusal, refuseUnfitGrantCommand, type GrantCommand } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { licenseesOf } from '../accounts/licensees/licensees.js';
import { hasRole, mayAs, refuseWithoutRole, type HolderActor, type PersonActor } from '../http/actor.js';
import { page, readCursor } from '../http/cursor.js';
import { EventLog } from '../ledger/event-log.js';
import { LedgerService } from '../ledger/ledger.service.js';
import { GrantLetters } from './grant-letters.js';

interface GrantRow {
  id: string;
  model: string;
  model_id: string;
  publisher_id: string;
  license: string;
  licensee_id: string | null;
  origin: 'approval' | 'acceptance' | 'publication';
  acceptance_id: string | null;
  pending_until: Date | null;
  ended_at: Date | null;
  end_reason: string | null;
  ended_by: string | null;
  suspension: string | null;
  valid_from: Date | null;
  valid_until: Date | null;
  now: Date;
  at: string;
}

const GRANTS = `
  SELECT g.*, m.slug AS model, m.publisher_id, l.slug AS license, to_json(g.created_at) #>> '{}' AS at, now() AS now,
    (SELECT reason FROM grant_suspension WHERE grant_id = g.id AND lifted_at IS NULL) AS suspension, period.valid_from, period.valid_until
  FROM access_grant g JOIN model m ON m.id = g.model_id JOIN license l ON l.id = g.license_id
  LEFT JOIN LATERAL (SELECT min(valid_from) AS valid_from, nullif(max(coalesce(valid_until, 'infinity')), 'infinity') AS valid_until FROM grant_period WHERE grant_id = g.id) period ON true`;

@Injectable()
export class GrantsService {
  constructor(
    private readonly database: DataSource,
    private readonly letters: GrantLetters,
    private readonly ledger: LedgerService,
    private readonly events: EventLog,
  ) {}

  async list(actor: HolderActor, query: ListGrants) {
    const cursor = readCursor(query.cursor);
    const own = query.scope === 'own';
    if (!own && (actor.via !== 'session' || !hasRole(actor, ({ role }) => role !== 'auditor')))
      throw new Refusal('role-missing', 'Staff alone list other people’s grants.');
    const publishers = places(actor, 'publisher');
    const rows = await this.database.query<GrantRow[]>(
      `${GRANTS} WHERE NOT g.is_public AND ($1::text IS NULL OR m.slug = $1) AND ($2::timestamptz IS NULL OR (g.created_at, g.id) < ($2, $3::uuid))
         AND CASE WHEN $4 THEN g.licensee_id = ANY ($5::uuid[]) ELSE $6 OR m.publisher_id = ANY ($7::uuid[]) OR m.id = ANY ($8::uuid[]) END
       ORDER BY g.created_at DESC, g.id DESC LIMIT $9`,
      [
        query.model ?? null,
        cursor?.at ?? null,
        cursor?.id ?? null,
        own,
        own ? await licenseesOf(this.database, actor) : [],
        places(actor, 'portal').length > 0,
        publishers,
        places(actor, 'model'),
        query.limit + 1,
      ],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => row);
    return { items: items.map(shown), nextCursor };
  }

  async find(actor: HolderActor, id: string) {
    const row = await this.rowFor(this.database.manager, actor, id);
    return shown(row);
  }

  /** Suspend, resume, revoke: staff only, with a reason that the licensee reads. */
  async command(actor: PersonActor, id: string, command: GrantCommand, reason: string) {
    await this.database.transaction(async (tx) => {
      // Locked first and read after: what another command changed meanwhile is seen.
      await tx.query('SELECT FROM access_grant WHERE id = $1 FOR NO KEY UPDATE', [id]);
      const row = await this.rowFor(tx, actor, id);
      refuseWithoutRole(actor, 'publisher', { publisher: row.publisher_id, model: row.model_id });
      refuseUnfitGrantCommand(stateOf(row), command);
      await this.apply(tx, actor, row, command, reason);
      const kind = { suspend: 'grant-suspended', resume: 'grant-resumed', revoke: 'grant-revoked' }[command];
      if (command === 'revoke') await this.ledger.append(tx, 'revocation', uuidv7(), row.now, { grant: id, reason });
      if (row.licensee_id) await this.letters.write(tx, { licensee: row.licensee_id, model: row.model }, command, reason);
      await this.events.append(actor, { kind, subject: id, model: row.model_id, detail: { reason } }, tx);
    });
    return this.find(actor, id);
  }

  private async apply(tx: EntityManager, actor: PersonActor, row: GrantRow, command: GrantCommand, reason: string): Promise<void> {
    if (command === 'suspend')
      await tx.query('INSERT INTO grant_suspension (id, grant_id, suspended_by, reason) VALUES ($1, $2, $3, $4)', [
        uuidv7(),
        row.id,
        actor.account,
        reason,
      ]);
    if (command === 'resume')
      await tx.query('UPDATE grant_suspension SET lifted_by = $2, lifted_at = now() WHERE grant_id = $1 AND lifted_at IS NULL', [
        row.id,
        actor.account,
      ]);
    if (command === 'revoke')
      await tx.query('UPDATE access_grant SET ended_at = now(), ended_by = $2, end_reason = $3 WHERE id = $1', [
        row.id,
        actor.account,
        reason,
      ]);
  }

  /** The grant, if it is the actor's own or they are its staff; a 404 to all others, for grants are private. */
  private async rowFor(tx: EntityManager, actor: HolderActor, id: string): Promise<GrantRow> {
    const [row] = await tx.query<GrantRow[]>(`${GRANTS} WHERE g.id = $1`, [id]);
    const own = row?.licensee_id && (await licenseesOf(tx, actor)).includes(row.licensee_id);
    const staff = () =>
      row &&
      actor.via === 'session' &&
      (['reviewer', 'publisher'] as const).some((role) => mayAs(actor, role, { publisher: row.publisher_id, model: row.model_id }));
    if (!row || (!own && !staff())) throw new Refusal('not-found', 'You have no such grant.');
    return row;
  }
}

function places(actor: HolderActor, scope: 'portal' | 'publisher' | 'model'): string[] {
  return actor.roles
    .filter((held) => held.scope === scope && held.role !== 'auditor')
    .map((held) => held.publisher ?? held.model ?? 'portal');
}

function stateOf(row: GrantRow) {
  return grantState(
    {
      pending: row.acceptance_id === null && row.licensee_id !== null,
      revoked: row.ended_by !== null,
      suspended: row.suspension !== null,
      until: row.ended_at?.getTime() ?? row.valid_until?.getTime() ?? Infinity,
      pendingUntil: row.pending_until?.getTime() ?? Infinity,
    },
    row.now.getTime(),
  );
}

function shown(row: GrantRow) {
  return {
    id: row.id,
    model: row.model,
    license: row.license,
    state: stateOf(row),
    licensee: row.licensee_id,
    origin: row.origin,
    acceptance: row.acceptance_id,
    from: row.valid_from,
    until: row.acceptance_id === null ? row.pending_until : row.valid_until,
    reason: row.suspension ?? row.end_reason,
  };
}
