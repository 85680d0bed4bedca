import type { AuditColumn } from '../kinds/audit-kind.js';
import { csvLine } from './csv.js';
import { parquetParts } from './parquet.js';

export type NamedColumns = readonly (readonly [name: string, column: Pick<AuditColumn, 'type'>])[];
export type Batches = AsyncIterable<readonly unknown[][]>;

export interface ExportFormat {
  mediaType: string;
  extension: string;
  /** The file, some rows at a time. */
  encode(columns: NamedColumns, batches: Batches): AsyncIterable<string | Uint8Array>;
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

async function* csvParts(columns: NamedColumns, batches: Batches): AsyncGenerator<string> {
  yield csvLine(columns.map(([name]) => name));
  for await (const rows of batches) yield rows.map(csvLine).join('');
}

async function* ndjsonParts(columns: NamedColumns, batches: Batches): AsyncGenerator<string> {
  const keys = columns.map(([name], index) => `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`);
  const line = (row: readonly unknown[]) => `${keys.map((key, index) => key + JSON.stringify(row[index] ?? null)).join('')}}\n`;
  for await (const rows of batches) yield rows.map(line).join('');
}
