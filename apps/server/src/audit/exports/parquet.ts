import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { ColumnType } from '../kinds/audit-kind.js';
import type { Batches, NamedColumns } from './export-formats.js';

/** Rows that are held until they are written as one group; a reader's unit, and the measure of our memory. */
const ROWS_IN_GROUP = 10_000;

const TYPES = { text: 'STRING', instant: 'TIMESTAMP', integer: 'INT32', number: 'DOUBLE', json: 'JSON' } as const satisfies Record<
  ColumnType,
  string
>;

/** A Parquet file in groups of rows, each handed on as soon as it is written. */
export async function* parquetParts(columns: NamedColumns, batches: Batches): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter();
  const specified = columns.map(([name, { type }]) => ({ name, type: TYPES[type], nullable: true, offsetIndex: false }));
  const schema = schemaFromColumnData({ columnData: specified.map((column) => ({ ...column, data: [] })) });
  const parquet = new ParquetWriter({ writer, schema, createdBy: 'Paddock' });
  const write = (rows: readonly unknown[][]) =>
    parquet.write({
      columnData: specified.map((column, index) => ({ ...column, data: rows.map((row) => valueOf(row[index], columns[index]![1].type)) })),
      rowGroupSize: ROWS_IN_GROUP,
    });
  for await (const group of inGroups(batches)) {
    await write(group);
    yield taken(writer);
  }
  await parquet.finish();
  yield taken(writer);
}

async function* inGroups(batches: Batches): AsyncGenerator<readonly unknown[][]> {
  let rows: unknown[][] = [];
  for await (const batch of batches) {
    rows.push(...batch);
    if (rows.length >= ROWS_IN_GROUP) yield rows.splice(0, ROWS_IN_GROUP);
  }
  if (rows.length > 0) yield rows;
}

/** null is what the library takes for nothing, whatever the type. */
function valueOf(value: unknown, type: ColumnType): unknown {
  if (value === null || value === undefined) return null;
  return type === 'instant' ? new Date(String(value)) : value;
}

/** The bytes so far; the writer goes on counting, with its buffer empty. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}
