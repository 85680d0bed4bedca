import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import {
  canonicalJson,
  evidenceText,
  formatSignature,
  formatTlogProof,
  formatVerifierKey,
  successionOf,
  toBase64,
  type AcceptanceFact,
  type EvidenceFile,
} from '@paddock/ledger';
import { SealedRecords } from '../accounts/sealed-records.js';
import { acceptanceFact, type PersonalPart } from '../grants/acceptance/acceptance-fact.js';
import type { PersonActor } from '../http/actor.js';
import { Runtime } from '../http/runtime.js';
import { EventLog } from '../ledger/event-log.js';
import { factOfEntry } from '../ledger/ledger.service.js';
import { LogHalt } from '../ledger/log/log-halt.js';
import { LogKeys } from '../ledger/log/log-keys.js';
import { PublicLog, type PublishedCheckpoint } from '../ledger/log/public-log.service.js';
import { EvidenceRows, pending, type AcceptanceRow } from './evidence-rows.js';

/** Puts together what proves one acceptance offline, once a checkpoint covers it. */
@Injectable()
export class EvidenceService {
  constructor(
    private readonly rows: EvidenceRows,
    private readonly log: PublicLog,
    private readonly sealed: SealedRecords,
    private readonly events: EventLog,
    private readonly runtime: Runtime,
  ) {}

  /** The file as it stands: canonical JSON, signed by the log. Each one handed out is an event. */
  async of(actor: PersonActor, id: string): Promise<string> {
    const row = await this.rows.acceptance(actor, id);
    const file = await this.file(row, (index) => this.log.covering(index));
    await this.events.append(actor, { kind: 'evidence-read', subject: id, model: row.model_id });
    return file;
  }

  /** The same file for the same state, whenever it is asked for: its checkpoint is the first that fits, not the newest. */
  async settled(id: string): Promise<string> {
    return this.file(await this.rows.byId(id), (index) => this.log.firstCovering(index));
  }

  private async file(row: AcceptanceRow, covering: (index: bigint) => Promise<PublishedCheckpoint | undefined>): Promise<string> {
    const index = row.index === null ? undefined : BigInt(row.index);
    const checkpoint = index === undefined ? undefined : await covering(index);
    if (index === undefined || !checkpoint) throw pending();
    const succession = await this.succession(checkpoint);
    const unsigned = {
      ...(await this.contents(row)),
      proof: await this.proof(index, checkpoint),
      ...(succession && { succession }),
      keys: await this.keys(),
    };
    return canonicalJson(this.signed({ ...unsigned, signatures: '' }, (await this.log.checkpoint()) ?? checkpoint));
  }

  private async contents(row: AcceptanceRow): Promise<Omit<EvidenceFile, 'proof' | 'keys' | 'signatures'>> {
    const documents = await this.rows.documents(row.agreement_id);
    return {
      type: 'paddock-evidence-v1',
      acceptance: row.id,
      entry: toBase64(row.entry),
      opening: await this.opening(row),
      ...(row.erased_at && { erasedAt: row.erased_at.toISOString() }),
      agreement: row.agreement,
      documents: documents.map(({ sha256, media_type, bytes }) => ({ sha256, mediaType: media_type, bytes: bytes.toString('base64') })),
      timestamps: await this.rows.timestamps(row.agreement_id),
    };
  }

  /** null once the salt or the sealed part is gone. */
  private async opening(row: AcceptanceRow): Promise<EvidenceFile['opening']> {
    const personal = row.salt && (await this.sealed.read<PersonalPart>(row.sealed_id));
    if (!row.salt || !personal) return null;
    const presentation = {
      id: row.presentation_id,
      agreementId: row.agreement_id,
      screen: row.screen,
      licenseeId: row.licensee_id,
    };
    const { attestations, signer_id: signer, joins_id: joins } = row;
    const fact = factOfEntry(row.id, acceptanceFact({ presentation, personal, attestations, signer, joins }));
    return { salt: toBase64(row.salt), fact: fact as AcceptanceFact };
  }

  private async proof(index: bigint, checkpoint: PublishedCheckpoint): Promise<string> {
    const [proof, note] = await Promise.all([this.log.inclusion(index, checkpoint.size), this.log.cosigned(checkpoint)]);
    return formatTlogProof({ index, proof, checkpoint: note });
  }

  /** With which the log of this checkpoint goes on in place of another one, where it does. */
  private async succession({ size, origin }: PublishedCheckpoint): Promise<EvidenceFile['succession']> {
    const begun = await this.rows.succession(size);
    if (!begun || successionOf(begun.entry)?.origin !== origin) return undefined;
    const proof = await this.log.inclusion(begun.index, size);
    return { index: String(begun.index), entry: toBase64(begun.entry), proof: proof.map(toBase64) };
  }

  private async keys(): Promise<EvidenceFile['keys']> {
    const log = await this.log.keys();
    const witnesses = this.runtime.config.PADDOCK_LEDGER_WITNESSES;
    return { log: log.map(({ vkey }) => vkey), witnesses: witnesses.map(({ vkey }) => formatVerifierKey(vkey)) };
  }

  private signed(file: EvidenceFile, { note }: PublishedCheckpoint): EvidenceFile {
    try {
      const { signers } = LogKeys.of(this.runtime.config, this.runtime.publicUrl, note);
      const text = evidenceText(file);
      return { ...file, signatures: signers.map((signer) => formatSignature(signer.sign(text))).join('') };
    } catch (error) {
      if (error instanceof LogHalt)
        throw new Refusal('unavailable', 'This server does not hold the key of the ledger.', { retryAfter: 60 });
      throw error;
    }
  }
}
