import { Injectable } from '@nestjs/common';
import type { PutRuntime } from '@paddock/contracts';
import { Refusal, isNameComponent } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { isConflict } from '../../database/failure.js';
import { refuseWithoutRole, type PersonActor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';

export interface RuntimeAddress {
  publisher: string;
  name: string;
}

export interface RuntimeRow {
  id: string;
  publisherId: string;
}

const REFERENCED = '23503';

/** What a publisher does with a runtime, but for its contents. */
@Injectable()
export class RuntimesService {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
  ) {}

  async put(actor: PersonActor, { publisher, name }: RuntimeAddress, { access }: PutRuntime): Promise<void> {
    if (!isNameComponent(name) || name.length > 100) throw new Refusal('repository-name', `\`${name}\` names no repository.`);
    try {
      await this.database.transaction(async (tx) => {
        const [owner] = await tx.query<{ id: string }[]>('SELECT id FROM publisher WHERE slug = $1', [publisher]);
        if (!owner) throw new Refusal('not-found', 'There is no such publisher.');
        refuseWithoutRole(actor, 'publisher', { publisher: owner.id });
        const [row] = await tx.query<{ id: string }[]>(
          `INSERT INTO runtime (id, publisher_id, name, access) VALUES ($1, $2, $3, $4)
           ON CONFLICT (publisher_id, name) DO UPDATE SET access = excluded.access RETURNING id`,
          [uuidv7(), owner.id, name, access],
        );
        await this.events.append(actor, { kind: 'runtime-put', subject: row!.id, detail: { access } }, tx);
      });
    } catch (error) {
      if (isConflict(error)) throw new Refusal('slug-taken', `\`${publisher}\` has a model \`${name}\`.`);
      throw error;
    }
  }

  /** The runtime, locked, for whoever may publish in its publisher's name. */
  async runtimeOf(tx: EntityManager, actor: PersonActor, { publisher, name }: RuntimeAddress): Promise<RuntimeRow> {
    const [row] = await tx.query<RuntimeRow[]>(
      `SELECT r.id, r.publisher_id AS "publisherId" FROM runtime r JOIN publisher p ON p.id = r.publisher_id WHERE p.slug = $1 AND r.name = $2 FOR NO KEY UPDATE OF r`,
      [publisher, name],
    );
    if (!row) throw new Refusal('not-found', 'There is no such runtime.');
    refuseWithoutRole(actor, 'publisher', { publisher: row.publisherId });
    return row;
  }

  async deleteTag(actor: PersonActor, at: RuntimeAddress, tag: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { id } = await this.runtimeOf(tx, actor, at);
      const [, deleted] = await tx.query<[unknown[], number]>('DELETE FROM runtime_tag WHERE runtime_id = $1 AND name = $2', [id, tag]);
      if (deleted === 0) throw new Refusal('not-found', 'There is no such tag.');
      await this.events.append(actor, { kind: 'runtime-tag-deleted', subject: id, detail: { tag } }, tx);
    });
  }

  async deleteManifest(actor: PersonActor, at: RuntimeAddress, digest: string): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        const { id } = await this.runtimeOf(tx, actor, at);
        await tx.query('DELETE FROM runtime_tag WHERE runtime_id = $1 AND digest = $2', [id, digest]);
        const [, deleted] = await tx.query<[unknown[], number]>('DELETE FROM runtime_manifest WHERE runtime_id = $1 AND digest = $2', [
          id,
          digest,
        ]);
        if (deleted === 0) throw new Refusal('not-found', 'There is no such manifest.');
        await this.events.append(actor, { kind: 'runtime-manifest-deleted', subject: id, detail: { digest } }, tx);
      });
    } catch (error) {
      if ((error as { code?: string }).code === REFERENCED)
        throw new Refusal('manifest-referenced', 'An index lists it, or a release was verified with it.');
      throw error;
    }
  }
}
