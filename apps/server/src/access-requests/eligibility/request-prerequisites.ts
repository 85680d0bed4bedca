import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PrerequisitesService, shownTime, type AskingTerms } from '../../prerequisites/prerequisites.service.js';
import { RefereeReading } from '../../prerequisites/referees/referee-reading.js';
import type { AccessRequestRecord } from '../request/access-request.entity.js';

/** How the applicant stands to what the terms of their request ask for, as reviewers see it. */
@Injectable()
export class RequestPrerequisites {
  constructor(
    private readonly prerequisites: PrerequisitesService,
    private readonly referees: RefereeReading,
  ) {}

  async of(tx: EntityManager, { termsId, applicantId, modelId }: Pick<AccessRequestRecord, 'termsId' | 'applicantId' | 'modelId'>) {
    const [terms] = await tx.query<AskingTerms[]>(
      'SELECT m.id AS model, m.slug AS model_slug, t.prerequisites FROM access_terms t JOIN model m ON m.id = t.model_id WHERE t.id = $1',
      [termsId],
    );
    const standing = await this.prerequisites.standing(tx, applicantId, terms!);
    return {
      prerequisites: standing.map(({ kind, state, until }) => ({ kind, state, until: shownTime(until) })),
      referee: await this.referees.vouching(tx, applicantId, modelId),
    };
  }
}
