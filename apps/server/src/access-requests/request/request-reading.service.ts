import { Injectable } from '@nestjs/common';
import type { ListAccessRequests } from '@paddock/contracts';
import { Refusal, type RequestKind } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { SealedRecords } from '../../accounts/sealed-records.js';
import type { PersonActor } from '../../http/actor.js';
import { page, readCursor } from '../../http/cursor.js';
import type { AccessRequestRecord } from './access-request.entity.js';
import { RequestAccess } from './request-access.js';
import { standingOf } from './request-standing.js';

interface RequestRow {
  id: string;
  kind: RequestKind;
  model: string;
  model_id: string;
  state: AccessRequestRecord['state'];
  applicant_id: string;
  licensee_id: string;
  licensee_kind: 'individual' | 'organization';
  licensee_name: string | null;
  country: string | null;
  applicant: string | null;
  answers_id: string | null;
  statement_id: string | null;
  previous_id: string | null;
  answers_hash: string;
  license_version_id: string;
  form: number | null;
  round: number;
  created_at: Date;
  submitted_at: Date | null;
  appeal_until: Date | null;
  grant_id: string | null;
  decisions: { outcome: string; reason: string | null; at: string; round: number }[];
  at: string;
}

const REQUESTS = `
  SELECT q.*, m.slug AS model, coalesce(o.legal_name, lp.name) AS licensee_name, coalesce(o.country, lp.country) AS country, ap.name AS applicant,
    CASE WHEN k.account_id IS NULL THEN 'organization' ELSE 'individual' END AS licensee_kind, to_json(q.created_at) #>> '{}' AS at,
    (SELECT n FROM form_version WHERE id = q.form_version_id) AS form, (SELECT id FROM access_grant WHERE request_id = q.id LIMIT 1) AS grant_id,
    coalesce((SELECT json_agg(json_build_object('outcome', d.outcome, 'reason', d.reason, 'at', d.created_at, 'round', d.round) ORDER BY d.created_at) FROM decision d WHERE d.request_id = q.id), '[]'::json) AS decisions
  FROM access_request q JOIN model m ON m.id = q.model_id JOIN licensee k ON k.id = q.licensee_id
  LEFT JOIN organization o ON o.id = k.organization_id LEFT JOIN person lp ON lp.account_id = k.account_id LEFT JOIN person ap ON ap.account_id = q.applicant_id`;

@Injectable()
export class RequestReading {
  constructor(
    private readonly database: DataSource,
    private readonly sealed: SealedRecords,
    private readonly access: RequestAccess,
  ) {}

  async find(actor: PersonActor, id: string) {
    const [row] = await this.database.query<RequestRow[]>(`${REQUESTS} WHERE q.id = $1`, [id]);
    const own = row !== undefined && (await this.access.owns(this.database.manager, actor, row.applicant_id, row.licensee_id));
    // What was never sent is the applicant's alone.
    const mayReview = row !== undefined && actor.via === 'session' && row.submitted_at !== null;
    if (!row || (!own && !(mayReview && (await this.access.reviews(this.database.manager, actor, row.model_id, row.kind))))) {
      throw new Refusal('not-found', 'There is no such access request.');
    }
    const said = await this.sealed.readMany<Record<string, unknown>>([row.answers_id, row.statement_id].filter((one) => one !== null));
    return {
      id: row.id,
      kind: row.kind,
      model: row.model,
      state: row.state,
      licensee: { id: row.licensee_id, kind: row.licensee_kind, name: row.licensee_name, country: row.country },
      form: row.form,
      answers: said.get(row.answers_id ?? '') ?? {},
      useStatement: (said.get(row.statement_id ?? '')?.['text'] as string | undefined) ?? null,
      previous: row.previous_id,
      answersHash: row.answers_hash,
      licenseVersion: row.license_version_id,
      round: row.round,
      createdAt: row.created_at,
      submittedAt: row.submitted_at,
      appealUntil: row.appeal_until,
      decisions: row.decisions,
      grant: row.grant_id,
      queue: await standingOf(this.database, row),
    };
  }

  /** The person's own; a token that is bound to one licensee sees that one's alone. */
  async list(actor: PersonActor, query: ListAccessRequests) {
    const cursor = readCursor(query.cursor);
    const rows = await this.database.query<RequestRow[]>(
      `${REQUESTS} WHERE ($1::text IS NULL OR q.state = $1) AND ($2::text IS NULL OR m.slug = $2) AND ($3::timestamptz IS NULL OR (q.created_at, q.id) < ($3, $4::uuid))
         AND q.applicant_id = $5 AND ($7::uuid IS NULL OR q.licensee_id = $7) ORDER BY q.created_at DESC, q.id DESC LIMIT $6`,
      [query.state ?? null, query.model ?? null, cursor?.at ?? null, cursor?.id ?? null, actor.account, query.limit + 1, actor.licensee],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => row);
    return {
      items: items.map((row) => ({
        id: row.id,
        kind: row.kind,
        model: row.model,
        state: row.state,
        createdAt: row.created_at,
        submittedAt: row.submitted_at,
        applicant: row.applicant,
        licensee: row.licensee_name,
        assignedTo: null,
      })),
      nextCursor,
    };
  }
}
