import { Injectable } from '@nestjs/common';
import type { CreateAcceptance } from '@paddock/contracts';
import { canonicalHash } from '@paddock/ledger';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { SealedRecords } from '../../accounts/sealed-records.js';
import type { PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog } from '../../ledger/event-log.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import { acceptanceFact, type PersonalPart } from './acceptance-fact.js';
import { AcceptanceRecord, PresentationRecord } from './presentation.entity.js';

export interface Assent {
  outcome: 'accepted' | 'declined';
  typedName: string | null;
  attestations: Record<string, boolean>;
  joins: string | null;
}

/** Writes what proves an answer: the row, the sealed personal part, the ledger entry and the event. */
@Injectable()
export class AcceptanceEvidence {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly sealed: SealedRecords,
    private readonly ledger: LedgerService,
    private readonly events: EventLog,
  ) {}

  /** Compared with what is sealed: a hash of the answer beside it would let anybody try names, even after an erasure. */
  async isRepetition(tx: EntityManager, earlier: AcceptanceRecord, input: CreateAcceptance): Promise<boolean> {
    if ('declined' in input) return earlier.outcome === 'declined';
    const personal = await this.sealed.read<PersonalPart>(earlier.sealedId, tx);
    const { typedName, attestations } = input;
    const given = { typedName: personal?.typedName, attestations: earlier.attestations };
    return earlier.outcome === 'accepted' && personal !== undefined && canonicalHash(given) === canonicalHash({ typedName, attestations });
  }

  async write(
    tx: EntityManager,
    actor: PersonActor,
    presentation: PresentationRecord,
    licenseVersion: string,
    assent: Assent,
  ): Promise<string> {
    const id = uuidv7();
    const createdAt = this.runtime.now();
    const personal = { typedName: assent.typedName, address: actor.address, userAgent: actor.userAgent, at: createdAt.toISOString() };
    const sealedId = await this.sealed.write(tx, actor.account, 'acceptance', personal);
    await tx.update(PresentationRecord, presentation.id, { state: assent.outcome });
    await tx.insert(AcceptanceRecord, {
      id,
      presentationId: presentation.id,
      agreementId: presentation.agreementId,
      signerId: actor.account,
      licenseeId: presentation.licenseeId,
      modelId: presentation.modelId,
      releaseId: presentation.releaseId,
      licenseVersionId: licenseVersion,
      outcome: assent.outcome,
      attestations: assent.attestations,
      sealedId,
      joinsId: assent.joins,
      createdAt,
    });
    const fact = acceptanceFact({ presentation, personal, attestations: assent.attestations, signer: actor.account, joins: assent.joins });
    await this.ledger.append(tx, assent.outcome === 'accepted' ? 'acceptance' : 'decline', id, createdAt, fact);
    // The certificate waits for the checkpoint that covers the entry.
    if (assent.outcome === 'accepted') await tx.query('INSERT INTO certificate_letter (acceptance_id) VALUES ($1)', [id]);
    await this.events.append(
      actor,
      { kind: `agreement-${assent.outcome}`, subject: id, model: presentation.modelId, detail: { agreement: presentation.agreementId } },
      tx,
    );
    return id;
  }

  async recordOutdated(actor: PersonActor, presentation: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
    await this.events.append(
      actor,
      { kind: 'agreement-outdated', subject: presentation, code: 'presentation-outdated', detail: { ...detail } },
      this.database,
    );
  }
}
