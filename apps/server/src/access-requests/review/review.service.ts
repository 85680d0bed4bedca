import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import type { PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { AccessRequestRecord } from '../request/access-request.entity.js';
import { AccessRequestsService } from '../request/access-requests.service.js';
import { RequestAccess } from '../request/request-access.js';
import { RequestPrerequisites } from '../eligibility/request-prerequisites.js';
import { RequestReading } from '../request/request-reading.service.js';
import { trustOf } from '../rules/trust.js';
import { formVersion } from '../terms/forms.service.js';
import { ReasonTemplates } from './reason-templates.service.js';
import { ReviewNotes } from './review-notes.js';
import { isReviewerOf } from './reviewers.js';

/** What passes between reviewers: who takes a request up, and what they write to one another about it. */
@Injectable()
export class ReviewService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly requests: AccessRequestsService,
    private readonly reading: RequestReading,
    private readonly access: RequestAccess,
    private readonly prerequisites: RequestPrerequisites,
    private readonly notes: ReviewNotes,
    private readonly templates: ReasonTemplates,
  ) {}

  async find(actor: PersonActor, id: string) {
    const tx = this.database.manager;
    const record = await this.reviewed(tx, actor, id);
    const [side] = await tx.query<{ assigned: string | null; given: number; needed: number; decisions: object[] }[]>(
      `SELECT (SELECT name FROM person WHERE account_id = q.assigned_to) AS assigned, t.approvals AS needed,
         (SELECT count(DISTINCT account_id)::int FROM decision WHERE request_id = q.id AND round = q.round AND outcome = 'approve' AND answers_hash = q.answers_hash) AS given,
         coalesce((SELECT json_agg(json_build_object('outcome', d.outcome, 'by', coalesce(p.name, d.rule_version), 'reason', d.reason, 'round', d.round, 'at', d.created_at) ORDER BY d.created_at)
           FROM decision d LEFT JOIN person p ON p.account_id = d.account_id WHERE d.request_id = q.id), '[]'::json) AS decisions
       FROM access_request q JOIN access_terms t ON t.id = q.terms_id WHERE q.id = $1`,
      [id],
    );
    return {
      request: await this.reading.find(actor, id),
      fields: (await formVersion(tx, record.formVersionId))?.fields ?? [],
      assignedTo: side!.assigned,
      hints: (await trustOf(tx, [id])).get(id),
      ...(await this.prerequisites.of(tx, record)),
      approvals: { given: side!.given, needed: side!.needed },
      decisions: side!.decisions,
      notes: await this.notes.ofRequest(tx, id),
      templates: await this.templates.ofModel(tx, record.modelId),
    };
  }

  async assign(actor: PersonActor, id: string, reviewer: string | null): Promise<void> {
    await this.requests.change(actor, id, { name: 'assign' }, async (tx, record) => {
      const assignedTo = reviewer === null ? null : await this.reviewerOf(tx, record, reviewer);
      await tx.update(AccessRequestRecord, id, { assignedTo, updatedAt: this.runtime.now() });
    });
  }

  async note(actor: PersonActor, id: string, text: string) {
    return this.database.transaction(async (tx) => this.notes.write(tx, actor, await this.reviewed(tx, actor, id), text));
  }

  /** Reviewers alone, and not of their own request: notes are about the applicant, not for them. */
  private async reviewed(tx: EntityManager, actor: PersonActor, id: string): Promise<AccessRequestRecord> {
    const record = await tx.findOneBy(AccessRequestRecord, { id });
    if (!record || record.submittedAt === null || !(await this.access.reviews(tx, actor, record.modelId, record.kind)))
      throw new Refusal('not-found', 'There is no such access request for you to review.');
    if (await this.access.owns(tx, actor, record.applicantId, record.licenseeId))
      throw new Refusal('own-request', 'This request is yours or your organization’s.');
    return record;
  }

  private async reviewerOf(tx: EntityManager, record: AccessRequestRecord, email: string): Promise<string> {
    const [person] = await tx.query<{ account_id: string }[]>('SELECT account_id FROM person WHERE lower(email) = lower($1)', [email]);
    if (!person || !(await isReviewerOf(tx, person.account_id, record)))
      throw new Refusal('reviewer-unfit', `${email} is no reviewer who could decide this request.`);
    return person.account_id;
  }
}
