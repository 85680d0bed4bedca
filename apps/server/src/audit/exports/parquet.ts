import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { ColumnType } from '../kinds/audit-kind.js';
import type { NamedColumn } from './export-formats.js';
import { rfc3339 } from './rfc3339.js';
import type { TextRow } from './snapshot-reader.js';

/** Rows that are held until they are written as one group; a reader's unit, and the measure of our memory. */
const ROWS_IN_GROUP = 10_000;

const TYPES = { text: 'STRING', instant: 'TIMESTAMP', integer: 'INT32', number: 'DOUBLE', json: 'JSON' } as const satisfies Record<
  ColumnType,
  string
>;

const VALUE_OF: Readonly<Record<ColumnType, (text: string) => unknown>> = {
  text: (text) => text,
  instant: (text) => new Date(rfc3339(text)),
  integer: Number,
  number: Number,
  json: (text) => JSON.parse(text) as unknown,
};

/** A Parquet file in groups of rows, each handed on as soon as it is written. */
export async function* parquetParts(columns: readonly NamedColumn[], batches: AsyncIterable<TextRow[]>): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter();
  const specified = columns.map(({ name, type }) => ({ name, type: TYPES[type], nullable: true, data: [] }));
  const parquet = new ParquetWriter({ writer, schema: schemaFromColumnData({ columnData: specified }), createdBy: 'Paddock' });
  let columnData = emptied(columns);
  const write = async () => {
    await parquet.write({ columnData, rowGroupSize: ROWS_IN_GROUP });
    columnData = emptied(columns);
    return taken(writer);
  };
  for await (const rows of batches) {
    for (const row of rows)
      for (const [index, { type }] of columns.entries()) {
        const text = row[index];
        columnData[index]!.data.push(typeof text === 'string' ? VALUE_OF[type](text) : null);
      }
    if (columnData[0]!.data.length >= ROWS_IN_GROUP) yield await write();
  }
  if (columnData[0]!.data.length > 0) yield await write();
  await parquet.finish();
  yield taken(writer);
}

const emptied = (columns: readonly NamedColumn[]) => columns.map(({ name }) => ({ name, data: [] as unknown[], offsetIndex: false }));

/** The bytes so far; the writer goes on counting, with its buffer empty. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}
