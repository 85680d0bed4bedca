import type { AssignRole } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import type { EntityManager } from 'typeorm';

export interface Place {
  scope: 'portal' | 'publisher' | 'model';
  publisher: string | null;
  model: string | null;
}

/** Where a role is to hold; the whole portal where nothing is named. */
export async function placeOf(tx: EntityManager, { publisher, model }: Pick<AssignRole, 'publisher' | 'model'>): Promise<Place> {
  if (model !== undefined) return { scope: 'model', publisher: null, model: await idOf(tx, 'model', model) };
  if (publisher !== undefined) return { scope: 'publisher', publisher: await idOf(tx, 'publisher', publisher), model: null };
  return { scope: 'portal', publisher: null, model: null };
}

async function idOf(tx: EntityManager, table: 'model' | 'publisher', slug: string): Promise<string> {
  const [row] = await tx.query<{ id: string }[]>(`SELECT id FROM ${table} WHERE slug = $1`, [slug]);
  if (!row) throw new Refusal('not-found', `There is no ${table} of this name.`);
  return row.id;
}
