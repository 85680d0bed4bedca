import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { SealedRecords } from '../../accounts/sealed-records.js';
import type { PersonActor } from '../../http/actor.js';

interface AcceptanceRow {
  id: string;
  outcome: 'accepted' | 'declined';
  agreement_id: string;
  model: string;
  license: string;
  n: number;
  attestations: Record<string, boolean>;
  sealed_id: string;
  created_at: Date;
  joins_id: string | null;
  grant_id: string | null;
}

/** An acceptance as its signer reads it; other people's do not exist for them. */
@Injectable()
export class AcceptanceReading {
  constructor(
    private readonly database: DataSource,
    private readonly sealed: SealedRecords,
  ) {}

  async find(actor: PersonActor, id: string) {
    const [row] = await this.database.query<AcceptanceRow[]>(
      `SELECT a.*, m.slug AS model, l.slug AS license, v.n, (SELECT id FROM access_grant g WHERE g.acceptance_id = coalesce(a.joins_id, a.id) LIMIT 1) AS grant_id
       FROM acceptance a JOIN model m ON m.id = a.model_id JOIN license_version v ON v.id = a.license_version_id JOIN license l ON l.id = v.license_id
       WHERE a.id = $1 AND a.signer_id = $2 AND ($3::uuid IS NULL OR a.licensee_id = $3)`,
      [id, actor.account, actor.licensee],
    );
    if (!row) throw new Refusal('not-found', 'You have no such acceptance.');
    const personal = await this.sealed.read<{ typedName: string | null }>(row.sealed_id);
    return {
      id: row.id,
      state: row.outcome,
      agreement: row.agreement_id,
      model: row.model,
      license: row.license,
      licenseVersion: row.n,
      typedName: personal?.typedName ?? null,
      attestations: row.attestations,
      at: row.created_at,
      joins: row.joins_id,
      grant: row.grant_id,
    };
  }
}
