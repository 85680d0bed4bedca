import { Injectable } from '@nestjs/common';
import { bindingByRule, Refusal } from '@paddock/domain';
import { sha256Hex } from '@paddock/ledger';
import { DataSource, type EntityManager } from 'typeorm';
import type { PersonActor } from '../../http/actor.js';
import { refuseWithoutRole } from '../../http/actor.js';
import { SWEEP, type Origin } from '../../ledger/event-log.js';
import { PolicyLetters } from '../policy-letters.js';
import { PolicyReading, type PolicyRow } from '../policy-reading.service.js';
import { SnapshotWriting } from '../snapshots/snapshot-writing.js';
import { insertCapture } from './capture-rows.js';
import { judge, type Verdict } from './capture-judging.js';
import { ComparedTexts, type Base } from './compared-texts.js';
import { PageCapture, type CapturedPage } from './page-capture.js';
import { SnapshotPrinting } from './snapshot-printing.js';

/** Another capture came between so often that giving up is the better answer; the next one is due anyway. */
const MOST_ROUNDS = 3;

interface Judged {
  captured: CapturedPage;
  base: Base;
  verdict: Verdict;
}

/** fetch → judge → print → rows. Only the last step holds a transaction. */
@Injectable()
export class Capturing {
  constructor(
    private readonly database: DataSource,
    private readonly reading: PolicyReading,
    private readonly pages: PageCapture,
    private readonly texts: ComparedTexts,
    private readonly printing: SnapshotPrinting,
    private readonly writing: SnapshotWriting,
    private readonly letters: PolicyLetters,
  ) {}

  /** When a publisher asks. Returns the capture's id. */
  async captureNow(actor: PersonActor, slug: string, despite: readonly string[]): Promise<string> {
    const policy = await this.reading.row(slug);
    refuseWithoutRole(actor, 'publisher', { publisher: policy.publisher_id });
    return this.capture(actor, policy, despite);
  }

  /** When it is due. */
  async captureDue(slug: string): Promise<void> {
    await this.capture(SWEEP, await this.reading.row(slug), []);
  }

  private async capture(origin: Origin, policy: PolicyRow, despite: readonly string[]): Promise<string> {
    if (policy.source_url === null) throw new Refusal('policy-kept', 'There is no source to capture.');
    const captured = await this.pages.capture(policy.source_url);
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const base = await this.texts.base(this.database, policy.id);
      const verdict = judge(policy.source_url, captured, base, despite);
      const pdf = verdict.outcome === 'changed' ? await this.printed(policy, captured) : null;
      const id = await this.database.transaction((tx) => this.record(tx, origin, policy, { captured, base, verdict }, pdf));
      if (id !== undefined) return id;
    }
    throw new Refusal('capture-overtaken', 'Other captures of this policy came between.');
  }

  /** undefined where another capture came between: what this one was compared with is no longer the last. */
  private async record(
    tx: EntityManager,
    origin: Origin,
    policy: PolicyRow,
    { captured, base, verdict }: Judged,
    pdf: { maker: string; bytes: Buffer } | null,
  ): Promise<string | undefined> {
    await tx.query('SELECT FROM policy WHERE id = $1 FOR UPDATE', [policy.id]);
    const [latest] = await tx.query<{ id: string }[]>(
      'SELECT id FROM capture WHERE policy_id = $1 ORDER BY captured_at DESC, id DESC LIMIT 1',
      [policy.id],
    );
    if ((latest?.id ?? null) !== base.capture) return undefined;
    const capture = await insertCapture(tx, origin, policy.id, captured, verdict);
    if (verdict.outcome === 'failed' && !base.failing) await this.letters.failed(tx, policy, verdict.detail);
    if (verdict.outcome !== 'changed') return capture;
    const { bytes, mediaType, text } = captured.page!;
    const { at: capturedAt, warcSha256 } = captured;
    const raw = { bytes, mediaType };
    const snapshot = await this.writing.insert(tx, origin, { policy, capture, capturedAt, raw, warcSha256, text, pdf: pdf! });
    // What a person had to let pass waits for a person.
    if (policy.standing_rule && !verdict.despite) {
      const dates = bindingByRule(policy.standing_rule, captured.at);
      await this.writing.makeEffective(tx, SWEEP, policy.slug, snapshot, dates);
    } else await this.letters.pending(tx, policy);
    return capture;
  }

  private printed({ title, source_url }: PolicyRow, { page, at }: CapturedPage) {
    return this.printing.print(page!, { title, sourceUrl: source_url!, capturedAt: at, sha256: sha256Hex(page!.bytes) });
  }
}
