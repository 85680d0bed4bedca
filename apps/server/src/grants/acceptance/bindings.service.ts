import { Injectable } from '@nestjs/common';
import { assentEffect, Refusal, type BindingFacts, type MemberRole } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import type { PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { agreementDifference, type DocumentDifference } from '../../licenses/agreement-difference.js';
import { AgreementsService, type ComposedAgreement } from '../../licenses/agreements.service.js';
import { REACCEPT_FROM } from '../access-facts.js';

/** What this person's acceptance would do now, and of which texts. */
export interface Binding {
  agreement: ComposedAgreement;
  /** The organization's acceptance that the member's own joins; null where the acceptance binds the licensee. */
  joins: string | null;
  /** null where the licensee is the person themselves. */
  organization: { legalName: string } | null;
}

interface ActingMember {
  role: MemberRole;
  legalName: string;
}

interface CurrentAcceptance {
  id: string;
  agreement: string;
  coverage: NonNullable<BindingFacts['current']>['coverage'];
  own: boolean;
}

/** The acceptance of an organization that holds now: of an open grant, and outdated by no later text. */
const CURRENT = `
  SELECT acc.id, acc.agreement_id AS agreement, v.coverage,
    acc.signer_id = $4 OR EXISTS (SELECT FROM acceptance own WHERE own.joins_id = acc.id AND own.signer_id = $4 AND own.outcome = 'accepted') AS own
  FROM access_grant g JOIN acceptance acc ON acc.id = g.acceptance_id JOIN license_version v ON v.id = acc.license_version_id
  WHERE g.licensee_id = $1 AND g.model_id = $2 AND g.license_id = $3 AND g.ended_at IS NULL
    AND EXISTS (SELECT FROM grant_period WHERE grant_id = g.id AND (valid_until IS NULL OR valid_until > now()))
    AND coalesce(${REACCEPT_FROM} > now(), true)`;

/** Who may bind whom, to what: asked when documents are shown, and again when they are accepted. */
@Injectable()
export class BindingsService {
  constructor(
    private readonly agreements: AgreementsService,
    private readonly runtime: Runtime,
  ) {}

  async of(tx: EntityManager, actor: PersonActor, licensee: string, model: string, license: string): Promise<Binding> {
    const member = await actingMember(tx, actor, licensee);
    const [current] = member ? await tx.query<CurrentAcceptance[]>(CURRENT, [licensee, model, license, actor.account]) : [];
    const effect = assentEffect({ role: member?.role ?? null, current: current ?? null });
    const joined = effect === 'joins' ? current : undefined;
    return {
      agreement: joined ? await this.agreements.kept(tx, joined.agreement) : await this.agreements.compose(tx, license),
      joins: joined?.id ?? null,
      organization: member && { legalName: member.legalName },
    };
  }

  /** What has changed since an agreement was shown; nothing where it is the same still. */
  async differences(tx: EntityManager, shown: string, current: ComposedAgreement): Promise<DocumentDifference[]> {
    if (shown === current.id) return [];
    return agreementDifference(await this.agreements.kept(tx, shown), current, this.runtime.publicUrl);
  }
}

/** The actor's open membership, which cannot end while this transaction runs; null where the licensee is themselves. */
async function actingMember(tx: EntityManager, actor: PersonActor, licensee: string): Promise<ActingMember | null> {
  const [own] = await tx.query<unknown[]>('SELECT 1 FROM licensee WHERE id = $1 AND account_id = $2', [licensee, actor.account]);
  if (own) return null;
  const [member] = await tx.query<ActingMember[]>(
    `SELECT m.role, o.legal_name AS "legalName" FROM licensee k JOIN organization o ON o.id = k.organization_id
     JOIN membership m ON m.organization_id = o.id AND m.account_id = $2 AND m.valid_until IS NULL WHERE k.id = $1 FOR SHARE OF m`,
    [licensee, actor.account],
  );
  if (!member) throw new Refusal('holder-ended', 'You are no member of this organization any more.');
  return member;
}
