import { Injectable } from '@nestjs/common';
import type { ListSightings, Sighting } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { PasskeyFacts } from '../../grants/passkey-facts.js';
import type { PersonActor } from '../../http/actor.js';
import { page, readCursor } from '../../http/cursor.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog, SWEEP } from '../../ledger/event-log.js';
import { staffPlaces } from '../staff-places.js';

interface SightingRow {
  id: string;
  grant: string | null;
  holder: string | null;
  detail: Record<string, unknown>;
  createdAt: Date;
  closedAt: Date | null;
  model: string | null;
  position: string;
}

const WRITTEN_MS = 5000;
const SIGHTINGS = `
  SELECT s.id, s.grant_id AS "grant", s.holder_id AS holder, s.detail, s.created_at AS "createdAt", s.closed_at AS "closedAt", m.id AS model,
    to_json(s.created_at) #>> '{}' AS position
  FROM sighting s LEFT JOIN access_grant g ON g.id = s.grant_id LEFT JOIN model m ON m.id = g.model_id
  WHERE ($1::uuid[] IS NULL OR m.publisher_id = ANY ($1) OR m.id = ANY ($2))`;

/** A passkey that looks shared by a crowd: a row that staff can list and close. At most one is open for each passkey. */
@Injectable()
export class SightingsService {
  /** When this process last wrote of a passkey, so that a crowd does not at each announce; another process may close it meanwhile. */
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly events: EventLog,
  ) {}

  /** Not waited for: the announce is refused anyway. */
  crowded(facts: PasskeyFacts, addresses: number): void {
    const now = performance.now();
    if (now - (this.seen.get(facts.passkey) ?? -Infinity) < WRITTEN_MS) return;
    this.seen.set(facts.passkey, now);
    void this.write(facts, addresses).catch((error: unknown) => {
      this.seen.delete(facts.passkey);
      this.runtime.logger.error({ error }, 'a sighting could not be recorded');
    });
  }

  async list(actor: PersonActor, query: ListSightings) {
    const cursor = readCursor(query.cursor);
    const rows = await this.database.query<SightingRow[]>(
      `${SIGHTINGS} AND ($3::text IS NULL OR $3 = CASE WHEN s.closed_at IS NULL THEN 'open' ELSE 'closed' END)
         AND ($4::timestamptz IS NULL OR (s.created_at, s.id) < ($4, $5::uuid)) ORDER BY s.created_at DESC, s.id DESC LIMIT $6`,
      [...staffPlaces(actor), query.state ?? null, cursor?.at ?? null, cursor?.id ?? null, query.limit + 1],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => ({ at: row.position, id: row.id }));
    return { items: items.map(shown), nextCursor };
  }

  async close(actor: PersonActor, id: string, reason: string): Promise<Sighting> {
    return this.database.transaction(async (tx) => {
      const row = await this.rowFor(tx, actor, id);
      if (row.closedAt !== null)
        throw new Refusal('sighting-closed', `It was closed on ${row.closedAt.toISOString()}.`, { state: 'closed' });
      await tx.query('UPDATE sighting SET closed_at = clock_timestamp(), closed_by = $2 WHERE id = $1', [id, actor.account]);
      await this.events.append(
        actor,
        { kind: 'sighting-closed', subject: id, model: row.model, holder: row.holder, detail: { reason } },
        tx,
      );
      this.seen.clear();
      return shown(await this.rowFor(tx, actor, id));
    });
  }

  private async rowFor(tx: EntityManager, actor: PersonActor, id: string): Promise<SightingRow> {
    const places = staffPlaces(actor);
    await tx.query('SELECT FROM sighting WHERE id = $1 FOR UPDATE', [id]);
    const [row] = await tx.query<SightingRow[]>(`${SIGHTINGS} AND s.id = $3`, [...places, id]);
    if (!row) throw new Refusal('not-found', 'There is no such sighting.');
    return row;
  }

  private async write({ passkey, grant, holder, model, release }: PasskeyFacts, addresses: number): Promise<void> {
    const id = uuidv7();
    const detail = { kind: 'passkey-crowded', addresses, release };
    await this.database.transaction(async (tx) => {
      const rows = await tx.query<unknown[]>(
        `INSERT INTO sighting (id, grant_id, holder_id, passkey_id, detail) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (passkey_id) WHERE closed_at IS NULL DO NOTHING RETURNING id`,
        [id, grant, holder, passkey, detail],
      );
      if (rows.length > 0)
        await this.events.append(SWEEP, { kind: 'sighting-made', subject: id, model, holder, detail: { ...detail, grant } }, tx);
    });
  }
}

function shown({ id, grant, holder, detail, createdAt, closedAt }: SightingRow): Sighting {
  return {
    id,
    state: closedAt === null ? 'open' : 'closed',
    grant,
    holder,
    detail,
    createdAt: createdAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  };
}
