import { Injectable } from '@nestjs/common';
import type { CreatePresentation } from '@paddock/contracts';
import { judgeEligibility, Refusal } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { judgedLicensee, resolveLicensee, type Licensee } from '../../accounts/licensees/licensees.js';
import { SealedRecords } from '../../accounts/sealed-records.js';
import type { PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog } from '../../ledger/event-log.js';
import { AgreementsService, type BindingDocument, type ComposedAgreement } from '../../licenses/agreements.service.js';
import { ineligible } from '../../licenses/clause-words.js';
import { PrerequisitesService } from '../../prerequisites/prerequisites.service.js';
import { refuseBlocked } from '../blocklist/blocklist.js';
import { holdsGrant, licenseToShow, refuseRevoked, termsInForce, type TermsInForce } from '../terms-in-force.js';
import { screenFor } from './assent-screen.js';
import { BindingsService, type Binding } from './bindings.service.js';
import { PageProofs } from './page-proofs.js';
import { PresentationRecord } from './presentation.entity.js';
import { PreviousAcceptance } from './previous-acceptance.js';

const HOURS_TO_READ = 24;

interface Shown {
  terms: TermsInForce;
  licensee: Licensee;
  release: string | null;
  binding: Binding;
  input: CreatePresentation;
}

@Injectable()
export class PresentationsService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly agreements: AgreementsService,
    private readonly bindings: BindingsService,
    private readonly prerequisites: PrerequisitesService,
    private readonly pages: PageProofs,
    private readonly previous: PreviousAcceptance,
    private readonly sealed: SealedRecords,
    private readonly events: EventLog,
  ) {}

  /** Shows the exact documents that would bind this licensee now, and remembers what was shown. */
  async present(actor: PersonActor, input: CreatePresentation) {
    return this.database.transaction(async (tx) => {
      const terms = await termsInForce(tx, input.model);
      if (terms.admission === 'open') throw new Refusal('assent-not-required', 'This model is open: no acceptance is asked for.');
      const release = await releaseToShow(tx, terms, input.release);
      const licensee = await this.licenseeFor(tx, actor, terms, input);
      const license = await licenseToShow(tx, terms, licensee.id, release?.id ?? null);
      const binding = await this.bindings.of(tx, actor, licensee.id, terms.model, license);
      const { agreement, joins } = binding;
      if (agreement.version.assent === 'none') throw new Refusal('assent-not-required', 'This license asks for no acceptance.');
      await refuseBlocked(tx, this.runtime.keys, actor.account, terms.publisher);
      if (terms.admission === 'assent' && joins === null) {
        await this.refuseUnfit(tx, terms, licensee.id, agreement, input.answers ?? {});
        // Whoever holds a grant accepts anew under its own terms, and the gate judges by those.
        if (!(await holdsGrant(tx, licensee.id, terms.model, license))) await this.prerequisites.refuseUnmet(tx, actor.account, terms);
      }
      await this.agreements.keep(tx, agreement);
      const record = await this.insert(tx, actor, { terms, licensee, release: release?.id ?? null, binding, input });
      await this.events.append(
        actor,
        { kind: 'agreement-presented', subject: record.id, model: terms.model, detail: { agreement: agreement.id } },
        tx,
      );
      return { ...presented(record, agreement.documents), previous: await this.previous.of(tx, record, agreement) };
    });
  }

  private async insert(tx: EntityManager, actor: PersonActor, shown: Shown): Promise<PresentationRecord> {
    const { terms, licensee, release, binding, input } = shown;
    const page = input.page === undefined ? undefined : await this.pages.check(actor, input.page);
    const createdAt = this.runtime.now();
    const record: PresentationRecord = {
      id: uuidv7(),
      agreementId: binding.agreement.id,
      accountId: actor.account,
      licenseeId: licensee.id,
      modelId: terms.model,
      releaseId: release,
      termsId: terms.id,
      answersId: input.answers ? await this.sealed.write(tx, actor.account, 'answers', input.answers) : null,
      joinsId: binding.joins,
      surface: page ? 'page' : 'api',
      screen: screenFor(binding, page),
      state: 'presented',
      createdAt,
      expiresAt: new Date(createdAt.getTime() + HOURS_TO_READ * 3_600_000),
    };
    await tx.insert(PresentationRecord, record as never);
    return record;
  }

  /** Who would be bound: as the input says, else the licensee that an approval waits for, else the person themselves. */
  private async licenseeFor(tx: EntityManager, actor: PersonActor, terms: TermsInForce, input: CreatePresentation): Promise<Licensee> {
    if (input.licensee)
      return resolveLicensee(tx, actor, input.licensee, () =>
        this.events.append(actor, { kind: 'affiliation-changed', subject: actor.account }, tx),
      );
    const [licensee] = await tx.query<Licensee[]>(
      `SELECT k.id, CASE WHEN k.account_id IS NULL THEN 'organization' ELSE 'individual' END AS kind FROM licensee k
       LEFT JOIN access_grant g ON g.licensee_id = k.id AND g.model_id = $2 AND g.ended_at IS NULL
       LEFT JOIN membership m ON m.organization_id = k.organization_id AND m.account_id = $1 AND m.valid_until IS NULL
       WHERE (k.account_id = $1 OR (m.id IS NOT NULL AND g.id IS NOT NULL)) AND ($3::uuid IS NULL OR k.id = $3)
       ORDER BY g.id IS NULL, k.account_id IS NULL LIMIT 1`,
      [actor.account, terms.model, actor.licensee],
    );
    if (!licensee) throw new Refusal('not-found', 'You act for no such licensee.');
    return licensee;
  }

  /** Nobody reads to the end what they could not accept. */
  private async refuseUnfit(
    tx: EntityManager,
    terms: TermsInForce,
    licensee: string,
    agreement: ComposedAgreement,
    answers: Record<string, unknown>,
  ): Promise<void> {
    await refuseRevoked(tx, licensee, terms.model, agreement.version.licenseId);
    const verdict = judgeEligibility(agreement.version.clauses, answers, await judgedLicensee(tx, licensee));
    if (verdict.outcome !== 'eligible') throw await ineligible(tx, agreement.version.id, verdict);
  }
}

async function releaseToShow(tx: EntityManager, terms: TermsInForce, name: string | undefined): Promise<{ id: string } | undefined> {
  if (name === undefined) return undefined;
  const [release] = await tx.query<{ id: string }[]>(`SELECT id FROM release WHERE model_id = $1 AND name = $2 AND state <> 'draft'`, [
    terms.model,
    name,
  ]);
  if (!release) throw new Refusal('not-found', 'There is no such release.');
  return release;
}

function presented(record: PresentationRecord, documents: BindingDocument[]) {
  const { label, button, attestations } = record.screen;
  return {
    id: record.id,
    state: record.state,
    agreement: record.agreementId,
    surface: record.surface,
    presentedAt: record.createdAt,
    expiresAt: record.expiresAt,
    documents,
    assent: { label, button, attestations },
  };
}
