import { Injectable } from '@nestjs/common';
import { declarationOf, Refusal, type AssentRecord } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { SealedRecords } from '../../accounts/sealed-records.js';
import type { PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { observationsOf } from './observations.service.js';

interface RecordRow {
  id: string;
  outcome: 'accepted' | 'declined';
  agreement_id: string;
  attestations: Record<string, boolean>;
  sealed_id: string;
  created_at: Date;
  presentation_id: string;
  surface: AssentRecord['surface'];
  screen: AssentRecord['screen'];
  presented_at: Date;
}

/** What a signer was shown and did, told from the stored record alone. */
@Injectable()
export class Declarations {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly sealed: SealedRecords,
  ) {}

  async of(actor: PersonActor, acceptance: string): Promise<string> {
    const [row] = await this.database.query<RecordRow[]>(
      `SELECT a.id, a.outcome, a.agreement_id, a.attestations, a.sealed_id, a.created_at, a.presentation_id, p.surface, p.screen, p.created_at AS presented_at
       FROM acceptance a JOIN presentation p ON p.id = a.presentation_id WHERE a.id = $1 AND a.signer_id = $2 AND ($3::uuid IS NULL OR a.licensee_id = $3)`,
      [acceptance, actor.account, actor.licensee],
    );
    if (!row) throw new Refusal('not-found', 'You have no such acceptance.');
    return `${declarationOf(await this.record(row)).join('\n\n')}\n`;
  }

  private async record(row: RecordRow): Promise<AssentRecord> {
    return {
      id: row.id,
      portal: this.runtime.publicUrl,
      outcome: row.outcome,
      surface: row.surface,
      screen: row.screen,
      agreement: row.agreement_id,
      presentedAt: row.presented_at.toISOString(),
      answeredAt: row.created_at.toISOString(),
      attestations: row.attestations,
      observations: await observationsOf(this.database, row.presentation_id),
      personal: (await this.sealed.read<NonNullable<AssentRecord['personal']>>(row.sealed_id)) ?? null,
    };
  }
}
