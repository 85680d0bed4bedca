import type { EntityManager } from 'typeorm';
import { noteGarbage } from './garbage-objects.js';

/** An artifact's object is named after its upload (decision 0002). */
export function keyOf({ id }: { id: string }): string {
  return `artifacts/${id}`;
}

/** With the release that is published: what was begun and not completed will not be. */
export async function giveUpUploads(tx: EntityManager, release: string): Promise<void> {
  await note(tx, 'DELETE FROM upload WHERE release_id = $1 RETURNING id', [release]);
}

/** An upload of this path that was to have another size, so that nobody goes on with it. */
export async function giveUpOther(tx: EntityManager, release: string, { path, size }: { path: string; size: number }): Promise<void> {
  await note(tx, 'DELETE FROM upload WHERE release_id = $1 AND path = $2 AND size <> $3 RETURNING id', [release, path, size]);
}

async function note(tx: EntityManager, statement: string, values: unknown[]): Promise<void> {
  const [gone] = await tx.query<[{ id: string }[], number]>(statement, values);
  await noteGarbage(tx, gone.map(keyOf));
}
