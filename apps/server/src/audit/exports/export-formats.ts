import type { ColumnType } from '../kinds/audit-kind.js';
import { csvLine } from './csv.js';
import { parquetParts } from './parquet.js';
import { rfc3339 } from './rfc3339.js';
import type { TextRow } from './snapshot-reader.js';

export interface NamedColumn {
  name: string;
  type: ColumnType;
}

export interface ExportFormat {
  mediaType: string;
  extension: string;
  /** The file, some rows at a time; rows may hold more than the columns. */
  encode(columns: readonly NamedColumn[], batches: AsyncIterable<TextRow[]>): AsyncIterable<string | Uint8Array>;
}

export const EXPORT_FORMATS: readonly ExportFormat[] = [
  { mediaType: 'text/csv', extension: 'csv', encode: csvParts },
  { mediaType: 'application/x-ndjson', extension: 'ndjson', encode: ndjsonParts },
  { mediaType: 'application/vnd.apache.parquet', extension: 'parquet', encode: parquetParts },
];

/** undefined for a page of JSON. */
export function formatAskedFor(accept: string | undefined): ExportFormat | undefined {
  return EXPORT_FORMATS.find(({ mediaType }) => accept?.includes(mediaType));
}

async function* csvParts(columns: readonly NamedColumn[], batches: AsyncIterable<TextRow[]>): AsyncGenerator<string> {
  yield csvLine(columns.map(({ name }) => name));
  const instants = columns.flatMap(({ type }, index) => (type === 'instant' ? [index] : []));
  const line = (row: TextRow) => {
    for (const index of instants) if (typeof row[index] === 'string') row[index] = rfc3339(row[index]);
    return csvLine(row, columns.length);
  };
  for await (const rows of batches) yield rows.map(line).join('');
}

const JSON_OF: Readonly<Record<ColumnType, (text: string) => string>> = {
  text: (text) => JSON.stringify(text),
  instant: (text) => `"${rfc3339(text)}"`,
  integer: (text) => text,
  number: (text) => text,
  json: (text) => text,
};

async function* ndjsonParts(columns: readonly NamedColumn[], batches: AsyncIterable<TextRow[]>): AsyncGenerator<string> {
  const members = columns.map(({ name, type }) => ({ key: `${JSON.stringify(name)}:`, json: JSON_OF[type] }));
  const line = (row: TextRow) =>
    `{${members.map(({ key, json }, index) => key + (typeof row[index] === 'string' ? json(row[index]) : 'null')).join(',')}}\n`;
  for await (const rows of batches) yield rows.map(line).join('');
}
