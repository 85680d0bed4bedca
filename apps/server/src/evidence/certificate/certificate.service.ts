import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { SealedRecords } from '../../accounts/sealed-records.js';
import type { PersonalPart } from '../../grants/acceptance/acceptance-fact.js';
import type { PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog } from '../../ledger/event-log.js';
import { PublicLog } from '../../ledger/log/public-log.service.js';
import { EvidenceRows, pending } from '../evidence-rows.js';
import { certificateFacts } from './certificate-facts.js';
import { certificatePdf } from './certificate-pdf.js';

/** The certificate of an acceptance, once a checkpoint covers it. */
@Injectable()
export class CertificateService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly rows: EvidenceRows,
    private readonly log: PublicLog,
    private readonly sealed: SealedRecords,
    private readonly events: EventLog,
  ) {}

  /** For those who may read its evidence; each one handed out is an event. */
  async of(actor: PersonActor, id: string): Promise<Buffer> {
    const { model_id: model } = await this.rows.acceptance(actor, id);
    const pdf = await this.settled(id);
    if (!pdf) throw new Refusal('not-found', 'There is no such acceptance.');
    await this.events.append(actor, { kind: 'certificate-read', subject: id, model });
    return pdf;
  }

  /** The same bytes for the same state, whoever asks: whoever calls this has looked at who may read it. Undefined for a decline. */
  async settled(id: string): Promise<Buffer | undefined> {
    const facts = await certificateFacts(this.database, id);
    if (!facts) return undefined;
    const checkpoint = facts.index === null ? undefined : await this.log.firstCovering(BigInt(facts.index));
    if (!checkpoint) throw pending();
    const personal = (await this.sealed.read<PersonalPart>(facts.sealed_id)) ?? null;
    return certificatePdf({ facts, personal, checkpoint, publicUrl: this.runtime.publicUrl });
  }
}
