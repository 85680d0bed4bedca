import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { licenseesOf } from '../../accounts/licensees/licensees.js';
import type { PersonActor } from '../../http/actor.js';
import { PolicyReading } from '../../policies/policy-reading.service.js';
import { SnapshotComparison } from '../../policies/snapshots/snapshot-comparison.service.js';

interface AcceptedRow {
  acceptance: string;
  at: Date;
  snapshot_id: string;
  model: string;
}

/** The latest acceptance of a text of the policy $2 by any of the licensees $1. */
const ACCEPTED = `
  SELECT a.id AS acceptance, a.created_at AS at, ap.snapshot_id, m.slug AS model FROM acceptance a
  JOIN agreement_policy ap ON ap.agreement_id = a.agreement_id JOIN policy p ON p.id = ap.policy_id JOIN model m ON m.id = a.model_id
  WHERE a.licensee_id = ANY ($1::uuid[]) AND a.outcome = 'accepted' AND p.slug = $2 ORDER BY a.created_at DESC LIMIT 1`;

/** A policy as a licensee has accepted it. */
@Injectable()
export class AcceptedTexts {
  constructor(
    private readonly database: DataSource,
    private readonly policies: PolicyReading,
    private readonly comparison: SnapshotComparison,
  ) {}

  /** What changed between the text that the person, or their organization, accepted last, and the one in force. */
  async since(actor: PersonActor, slug: string) {
    const { current } = await this.policies.find(slug);
    const [accepted] = await this.database.query<AcceptedRow[]>(ACCEPTED, [await licenseesOf(this.database, actor), slug]);
    if (!accepted || !current) throw new Refusal('not-found', 'You have accepted no text of this policy.');
    const { acceptance, at, model, snapshot_id } = accepted;
    return { acceptance, acceptedAt: at, model, ...(await this.comparison.compare(slug, snapshot_id, current.id)) };
  }
}
