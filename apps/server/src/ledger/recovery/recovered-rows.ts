import { entryOf, ProofFault, successionOf } from '@paddock/ledger';
import type { ClientBase } from 'pg';
import { v7 as uuidv7 } from 'uuid';

const WAITING = 'SELECT id, entry FROM ledger_entry e WHERE NOT EXISTS (SELECT FROM entry_index i WHERE i.entry_id = e.id)';
/** Without a subject: what the entry is of was lost with the rows that told it. */
const INSERT = `INSERT INTO ledger_entry (id, kind, subject_id, entry, created_at)
  SELECT id, kind, NULL, entry, at FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::timestamptz[]) AS recovered (id, kind, entry, at)`;

/** Finds the rows of entries that were published: those that wait for an index, else new ones that hold the entry alone. */
export class RecoveredRows {
  private constructor(
    private readonly session: ClientBase,
    private readonly waiting: Map<string, string>,
  ) {}

  static async of(session: ClientBase): Promise<RecoveredRows> {
    const { rows } = await session.query<{ id: string; entry: Buffer }>(WAITING);
    return new RecoveredRows(session, new Map(rows.map(({ id, entry }) => [entry.toString('base64'), id])));
  }

  /** Ids in the order of the entries. */
  async idsOf(entries: readonly Uint8Array[]): Promise<string[]> {
    const known = entries.map((entry) => this.waiting.get(Buffer.from(entry).toString('base64')));
    const ids = known.map((id) => id ?? uuidv7());
    await this.insert(
      entries.flatMap((entry, n) => (known[n] === undefined ? [{ id: ids[n]!, entry: Buffer.from(entry), ...saidBy(entry) }] : [])),
    );
    return ids;
  }

  private async insert(rows: readonly { id: string; kind: string; entry: Buffer; at: string }[]): Promise<void> {
    if (rows.length === 0) return;
    await this.session.query(
      INSERT,
      (['id', 'kind', 'entry', 'at'] as const).map((column) => rows.map((row) => row[column])),
    );
  }
}

/** Throws ProofFault for what is no entry of a portal's log. */
export function saidBy(entry: Uint8Array): { kind: string; at: string } {
  const succession = successionOf(entry);
  const { kind, at } = succession ? { kind: 'succession', at: succession.at } : entryOf(entry);
  if (Number.isNaN(Date.parse(at))) throw new ProofFault('An entry has no time.');
  return { kind, at };
}
