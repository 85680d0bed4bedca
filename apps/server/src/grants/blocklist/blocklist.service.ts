import { Injectable } from '@nestjs/common';
import type { CreateBlock, Paging } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { refuseWithoutRole, rolesAs, type PersonActor } from '../../http/actor.js';
import { page, readCursor } from '../../http/cursor.js';
import { EventLog } from '../../ledger/event-log.js';

interface BlockRow {
  id: string;
  kind: 'person' | 'domain';
  value: string;
  publisher: string | null;
  publisher_id: string | null;
  reason: string;
  by: string | null;
  created_at: Date;
  valid_until: Date | null;
  state: 'active' | 'expired' | 'lifted';
  at: string;
}

const BLOCKS = `
  SELECT b.*, pub.slug AS publisher, p.name AS by, to_json(b.created_at) #>> '{}' AS at,
    CASE WHEN b.lifted_at IS NOT NULL THEN 'lifted' WHEN b.valid_until <= now() THEN 'expired' ELSE 'active' END AS state
  FROM block b LEFT JOIN publisher pub ON pub.id = b.publisher_id LEFT JOIN person p ON p.account_id = b.created_by`;

/** Who is shut out, by whom, why and until when. A publisher's reviewers close its models, administrators the portal. */
@Injectable()
export class BlocklistService {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
  ) {}

  async list(actor: PersonActor, query: Paging) {
    const cursor = readCursor(query.cursor);
    const reviewing = rolesAs(actor, 'reviewer', 'admin');
    const rows = await this.database.query<BlockRow[]>(
      `${BLOCKS} WHERE ($1 OR b.publisher_id = ANY ($2::uuid[])) AND ($3::timestamptz IS NULL OR (b.created_at, b.id) < ($3, $4::uuid)) ORDER BY b.created_at DESC, b.id DESC LIMIT $5`,
      [
        reviewing.some(({ scope }) => scope === 'portal'),
        reviewing.flatMap(({ publisher }) => publisher ?? []),
        cursor?.at ?? null,
        cursor?.id ?? null,
        query.limit + 1,
      ],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => row);
    return { items: items.map(shown), nextCursor };
  }

  async create(actor: PersonActor, input: CreateBlock) {
    return this.database.transaction(async (tx) => {
      const publisher = await placeOf(tx, actor, input.publisher);
      const value = input.kind === 'person' ? input.email.toLowerCase() : input.domain;
      const id = uuidv7();
      await tx.query(
        `INSERT INTO block (id, publisher_id, kind, value, account_id, reason, created_by, valid_until)
         VALUES ($1, $2, $3, $4, (SELECT account_id FROM person WHERE $3 = 'person' AND lower(email) = $4), $5, $6, $7)`,
        [id, publisher, input.kind, value, input.reason, actor.account, input.until ?? null],
      );
      await this.events.append(
        actor,
        { kind: 'block-set', subject: id, detail: { kind: input.kind, publisher: input.publisher ?? null } },
        tx,
      );
      const [row] = await tx.query<BlockRow[]>(`${BLOCKS} WHERE b.id = $1`, [id]);
      return shown(row!);
    });
  }

  async lift(actor: PersonActor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [block] = await tx.query<{ publisher_id: string | null }[]>(
        'SELECT publisher_id FROM block WHERE id = $1 AND lifted_at IS NULL FOR UPDATE',
        [id],
      );
      if (!block) throw new Refusal('not-found', 'There is no such block.');
      refuseUnlessOver(actor, block.publisher_id);
      await tx.query('UPDATE block SET lifted_at = now(), lifted_by = $2 WHERE id = $1', [id, actor.account]);
      await this.events.append(actor, { kind: 'block-lifted', subject: id }, tx);
    });
  }
}

async function placeOf(tx: EntityManager, actor: PersonActor, slug: string | undefined): Promise<string | null> {
  const [publisher] = slug === undefined ? [] : await tx.query<{ id: string }[]>('SELECT id FROM publisher WHERE slug = $1', [slug]);
  if (slug !== undefined && !publisher) throw new Refusal('not-found', 'There is no such publisher.');
  refuseUnlessOver(actor, publisher?.id ?? null);
  return publisher?.id ?? null;
}

function refuseUnlessOver(actor: PersonActor, publisher: string | null): void {
  refuseWithoutRole(actor, publisher === null ? 'admin' : 'reviewer', publisher === null ? {} : { publisher });
}

function shown({ id, kind, value, publisher, reason, by, created_at, valid_until, state }: BlockRow) {
  return {
    id,
    kind,
    value: value === '' || value.startsWith('hmac-sha256:') ? 'an erased person' : value,
    publisher,
    reason,
    by,
    createdAt: created_at,
    until: valid_until,
    state,
  };
}
