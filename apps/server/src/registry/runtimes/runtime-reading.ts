import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { page, readCursor } from '../../http/cursor.js';
import { Runtime } from '../../http/runtime.js';

interface RuntimeRow {
  id: string;
  publisher: string;
  name: string;
  access: 'public' | 'licensees';
  tags: { name: string; digest: string; mediaType: string; updatedAt: string }[];
  at: string;
}

const RUNTIMES = `
  SELECT r.id, p.slug AS publisher, r.name, r.access, to_json(r.created_at) #>> '{}' AS at,
    coalesce((SELECT json_agg(json_build_object('name', t.name, 'digest', t.digest, 'mediaType', m.media_type, 'updatedAt', t.updated_at) ORDER BY t.updated_at DESC, t.name)
      FROM runtime_tag t JOIN runtime_manifest m ON m.runtime_id = t.runtime_id AND m.digest = t.digest WHERE t.runtime_id = r.id), '[]') AS tags
  FROM runtime r JOIN publisher p ON p.id = r.publisher_id`;

/** Runtimes as everyone may read them: which there are is no secret, whoever may pull them. */
@Injectable()
export class RuntimeReading {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

  async list(query: { cursor?: string | undefined; limit: number }) {
    const cursor = readCursor(query.cursor);
    const rows = await this.database.query<RuntimeRow[]>(
      `${RUNTIMES} WHERE ($1::timestamptz IS NULL OR (r.created_at, r.id) > ($1, $2::uuid)) ORDER BY r.created_at, r.id LIMIT $3`,
      [cursor?.at ?? null, cursor?.id ?? null, query.limit + 1],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => row);
    return { items: items.map((row) => this.shown(row)), nextCursor };
  }

  async find(publisher: string, name: string) {
    const [row] = await this.database.query<RuntimeRow[]>(`${RUNTIMES} WHERE p.slug = $1 AND r.name = $2`, [publisher, name]);
    if (!row) throw new Refusal('not-found', 'There is no such runtime.');
    return this.shown(row);
  }

  private shown({ at: _, ...row }: RuntimeRow) {
    const tags = row.tags.map((tag) => ({ ...tag, updatedAt: new Date(tag.updatedAt) }));
    return { ...row, tags, reference: `${new URL(this.runtime.publicUrl).host}/${row.publisher}/${row.name}` };
  }
}
