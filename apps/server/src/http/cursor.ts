import { Refusal } from '@paddock/domain';
import { z } from 'zod';

/** PostgreSQL's calendar has no year 0. */
const Position = z.tuple([z.iso.datetime({ offset: true }).refine((at) => !at.startsWith('0000')), z.uuid()]);

/** Where a list ordered by (time, id) goes on. Opaque to clients. */
export interface Cursor {
  at: string;
  id: string;
}

export function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  try {
    const [at, id] = Position.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return { at, id };
  } catch (error) {
    throw new Refusal('bad-cursor', 'The cursor cannot be read.', { cause: String((error as Error).name) });
  }
}

export function writeCursor({ at, id }: Cursor): string {
  return Buffer.from(JSON.stringify([at, id]), 'utf8').toString('base64url');
}

/** Rows were read with one more than the limit: the surplus one says that there is a next page. */
export function page<T>(rows: T[], limit: number, position: (row: T) => Cursor): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? writeCursor(position(last)) : null };
}
