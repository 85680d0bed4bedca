import { Injectable } from '@nestjs/common';
import { SealedRecords } from '../../accounts/sealed-records.js';
import type { AuditKind } from '../kinds/audit-kind.js';

/** Opens what is sealed of rows, many at once. */
@Injectable()
export class SealedColumns {
  constructor(private readonly records: SealedRecords) {}

  /** By sealed record, in the order of the kind's sealed columns; all null where the person was erased. */
  async of({ sealed }: AuditKind, records: readonly string[]): Promise<Map<string, (string | null)[]>> {
    const opened = await this.records.readMany<Record<string, string | null>>(records);
    return new Map(records.map((id) => [id, (sealed?.columns ?? []).map((column) => opened.get(id)?.[column] ?? null)]));
  }
}
