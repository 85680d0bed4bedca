import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Runtime } from '../../http/runtime.js';
import { agreementDifference, type DocumentDifference } from '../../licenses/agreement-difference.js';
import { AgreementsService, type ComposedAgreement } from '../../licenses/agreements.service.js';
import type { PresentationRecord } from './presentation.entity.js';

interface AcceptedBefore {
  acceptance: string;
  agreement: string;
  acceptedAt: Date;
  differences: DocumentDifference[];
}

/** What the same licensee accepted for the same model before: whoever accepts again first sees what changed. */
@Injectable()
export class PreviousAcceptance {
  constructor(
    private readonly runtime: Runtime,
    private readonly agreements: AgreementsService,
  ) {}

  async of(tx: EntityManager, { licenseeId, modelId }: PresentationRecord, shown: ComposedAgreement): Promise<AcceptedBefore | null> {
    const [row] = await tx.query<{ id: string; agreement_id: string; created_at: Date }[]>(
      `SELECT id, agreement_id, created_at FROM acceptance
       WHERE licensee_id = $1 AND model_id = $2 AND outcome = 'accepted' AND joins_id IS NULL ORDER BY created_at DESC LIMIT 1`,
      [licenseeId, modelId],
    );
    if (!row) return null;
    const before = await this.agreements.kept(tx, row.agreement_id);
    return {
      acceptance: row.id,
      agreement: row.agreement_id,
      acceptedAt: row.created_at,
      differences: agreementDifference(before, shown, this.runtime.publicUrl),
    };
  }
}
