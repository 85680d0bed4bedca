import { Injectable } from '@nestjs/common';
import type { ListUsage, PasskeyUsage } from '@paddock/contracts';
import { DataSource } from 'typeorm';
import type { PersonActor } from '../../http/actor.js';
import { page, readCursor } from '../../http/cursor.js';
import { staffPlaces } from '../staff-places.js';

type UsageRow = PasskeyUsage & { id: string; position: string };

const USAGE = `
  SELECT p.id, p.grant_id AS "grant", r.name AS release, p.holder_id AS holder, g.licensee_id AS licensee, u.uploaded::float8, u.downloaded::float8,
    u.seeded::float8, u.webseeded::float8, u.completed, u.last_at AS "lastAt", to_json(p.created_at) #>> '{}' AS position
  FROM passkey_usage u JOIN passkey p ON p.id = u.passkey_id JOIN access_grant g ON g.id = p.grant_id JOIN release r ON r.id = p.release_id
  JOIN model m ON m.id = g.model_id
  WHERE ($1::uuid[] IS NULL OR m.publisher_id = ANY ($1) OR m.id = ANY ($2)) AND ($3::text IS NULL OR m.slug = $3) AND ($4::uuid IS NULL OR p.grant_id = $4)
    AND ($5::timestamptz IS NULL OR (p.created_at, p.id) < ($5, $6::uuid)) ORDER BY p.created_at DESC, p.id DESC LIMIT $7`;

/** Who took how much by torrent, newest passkey first. */
@Injectable()
export class UsageReading {
  constructor(private readonly database: DataSource) {}

  async list(actor: PersonActor, query: ListUsage) {
    const cursor = readCursor(query.cursor);
    const values = [
      ...staffPlaces(actor),
      query.model ?? null,
      query.grant ?? null,
      cursor?.at ?? null,
      cursor?.id ?? null,
      query.limit + 1,
    ];
    const rows = await this.database.query<UsageRow[]>(USAGE, values);
    const { items, nextCursor } = page(rows, query.limit, (row) => ({ at: row.position, id: row.id }));
    return { items: items.map(({ id: _, position: __, ...row }) => row), nextCursor };
  }
}
