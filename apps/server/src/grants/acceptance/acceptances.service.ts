import { Injectable } from '@nestjs/common';
import type { CreateAcceptance } from '@paddock/contracts';
import {
  Refusal,
  refuseEndedPresentation,
  refuseIncompleteAssent,
  refuseOtherSurface,
  refuseOutdatedPresentation,
  type AcceptCommand,
} from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import type { PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { GrantingService } from '../granting.service.js';
import { licenseToShow, serializeGrants, termsOfModel } from '../terms-in-force.js';
import { AcceptanceEvidence } from './acceptance-evidence.js';
import { BindingsService } from './bindings.service.js';
import { AcceptanceRecord, PresentationRecord } from './presentation.entity.js';

@Injectable()
export class AcceptancesService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly bindings: BindingsService,
    private readonly granting: GrantingService,
    private readonly evidence: AcceptanceEvidence,
  ) {}

  /** Ends a presentation, once. Acceptance and grant stand together or not at all; the identical repetition gets the same answer. */
  async answer(actor: PersonActor, input: CreateAcceptance): Promise<string> {
    try {
      return await this.database.transaction((tx) => this.answerIn(tx, actor, input));
    } catch (error) {
      if (error instanceof Refusal && error.code === 'presentation-outdated')
        await this.evidence.recordOutdated(actor, input.presentation, error.facts);
      throw error;
    }
  }

  private async answerIn(tx: EntityManager, actor: PersonActor, input: CreateAcceptance): Promise<string> {
    const presentation = await tx.findOne(PresentationRecord, {
      where: { id: input.presentation, accountId: actor.account },
      lock: { mode: 'pessimistic_write' },
    });
    if (!presentation) throw new Refusal('not-found', 'You were shown no such presentation.');
    const earlier = await tx.findOneBy(AcceptanceRecord, { presentationId: presentation.id });
    if (earlier && (await this.evidence.isRepetition(tx, earlier, input))) return earlier.id;

    await serializeGrants(tx, presentation.licenseeId, presentation.modelId);
    const terms = await termsOfModel(tx, presentation.modelId);
    const license = await licenseToShow(tx, terms, presentation.licenseeId, presentation.releaseId);
    const stands = { state: presentation.state, expiresAt: presentation.expiresAt.getTime() };
    refuseEndedPresentation(stands, this.runtime.now().getTime());
    const shown = await versionShown(tx, presentation);
    if ('declined' in input) {
      const decline = { outcome: 'declined', typedName: null, attestations: {}, joins: null } as const;
      return this.evidence.write(tx, actor, presentation, shown, decline);
    }

    const { agreement, joins } = await this.bindings.of(tx, actor, presentation.licenseeId, presentation.modelId, license);
    refuseOutdatedPresentation({
      ...stands,
      agreementShown: presentation.agreementId,
      agreementNow: agreement.id,
      differences: await this.bindings.differences(tx, presentation.agreementId, agreement),
      effectShown: presentation.joinsId === null ? 'binds' : 'joins',
      effectNow: joins === null ? 'binds' : 'joins',
    });
    refuseOtherSurface(presentation.surface, agreement.version.surface);
    refuseIncompleteAssent(presentation.screen, input as AcceptCommand);
    const acceptance = await this.evidence.write(tx, actor, presentation, shown, {
      outcome: 'accepted',
      typedName: input.typedName,
      attestations: input.attestations,
      joins,
    });
    if (joins === null) await this.granting.activate(tx, actor, terms, license, presentation.licenseeId, acceptance);
    return acceptance;
  }
}

async function versionShown(tx: EntityManager, presentation: PresentationRecord): Promise<string> {
  const [row] = await tx.query<{ license_version_id: string }[]>('SELECT license_version_id FROM agreement WHERE id = $1', [
    presentation.agreementId,
  ]);
  return row!.license_version_id;
}
