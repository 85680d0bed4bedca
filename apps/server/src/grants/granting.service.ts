import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Runtime } from '../http/runtime.js';
import { EventLog, type Origin } from '../ledger/event-log.js';
import { LedgerService } from '../ledger/ledger.service.js';
import { GrantRecord } from './grant.entity.js';
import { replaceStandardGrant } from './special-licenses.js';
import { daysOf, refuseRevoked, type TermsInForce } from './terms-in-force.js';

const PENDING_DAYS = 30;
const DAY_MS = 86_400_000;

/** How grants begin: by approval (pending), by acceptance (active), by publication (for everyone). */
@Injectable()
export class GrantingService {
  constructor(
    private readonly runtime: Runtime,
    private readonly ledger: LedgerService,
    private readonly events: EventLog,
  ) {}

  /** An approved request's grant, which waits for the acceptance. */
  async openPending(tx: EntityManager, actor: Origin, terms: TermsInForce, licensee: string, request: string): Promise<string> {
    const now = this.runtime.now();
    await tx.query(
      `UPDATE access_grant SET ended_at = now(), end_reason = 'lapsed' WHERE licensee_id = $1 AND model_id = $2 AND license_id = $3 AND ended_at IS NULL AND acceptance_id IS NULL AND pending_until <= now()`,
      [licensee, terms.model, terms.license],
    );
    const id = uuidv7();
    const pendingUntil = new Date(now.getTime() + PENDING_DAYS * DAY_MS);
    await tx.insert(GrantRecord, {
      id,
      licenseeId: licensee,
      isPublic: false,
      modelId: terms.model,
      licenseId: terms.license,
      termsId: terms.id,
      origin: 'approval',
      requestId: request,
      pendingUntil,
    });
    await this.record(tx, actor, 'grant-opened', id, terms, { state: 'pending-acceptance', request });
    return id;
  }

  /**
   * Before the end, a renewal appends a period to the grant itself: links and passkeys go on. False where there is no such
   * grant any more, or it stands under another license: then a new one is opened.
   */
  async renew(
    tx: EntityManager,
    actor: Origin,
    terms: TermsInForce,
    licensee: string,
    request: string,
    decision: string,
  ): Promise<boolean> {
    const [grant] = await tx.query<{ id: string; until: Date }[]>(
      `SELECT g.id, max(p.valid_until) AS until FROM access_grant g JOIN grant_period p ON p.grant_id = g.id
       WHERE g.licensee_id = $1 AND g.model_id = $2 AND g.license_id = $3 AND g.ended_at IS NULL AND g.acceptance_id IS NOT NULL
       GROUP BY g.id HAVING max(p.valid_until) > now()`,
      [licensee, terms.model, terms.license],
    );
    if (!grant) return false;
    await this.addPeriod(tx, grant.id, { from: grant.until, days: await daysOf(tx, terms, terms.license), decision });
    // Whoever asked anew met what the terms ask now: from here on the grant is under them.
    await tx.update(GrantRecord, grant.id, { termsId: terms.id });
    await this.record(tx, actor, 'grant-renewed', grant.id, terms, { state: 'active', request });
    return true;
  }

  /** Makes the pending grant active, renews an outdated one's acceptance, or (admission `assent`) makes a new grant. */
  async activate(
    tx: EntityManager,
    actor: Origin,
    terms: TermsInForce,
    license: string,
    licensee: string,
    acceptance: string,
  ): Promise<string> {
    const where = { licenseeId: licensee, modelId: terms.model, licenseId: license };
    await tx.query(
      `UPDATE access_grant g SET ended_at = now(), end_reason = 'expired' WHERE licensee_id = $1 AND model_id = $2 AND license_id = $3 AND ended_at IS NULL AND acceptance_id IS NOT NULL
         AND NOT EXISTS (SELECT FROM grant_period WHERE grant_id = g.id AND (valid_until IS NULL OR valid_until > now()))`,
      [licensee, terms.model, license],
    );
    const open = (await tx.findBy(GrantRecord, where)).filter(({ endedAt }) => endedAt === null);
    const active = open.find(({ acceptanceId }) => acceptanceId !== null);
    const pending = open.find(
      ({ acceptanceId, pendingUntil }) => acceptanceId === null && pendingUntil !== null && pendingUntil > this.runtime.now(),
    );
    if (active) {
      await tx.update(GrantRecord, active.id, { acceptanceId: acceptance });
      await this.record(tx, actor, 'grant-reaccepted', active.id, terms, { acceptance });
      return active.id;
    }
    if (!pending && terms.admission === 'application') {
      throw new Refusal('approval-required', 'No approval is waiting for this acceptance: it lapsed, was used, or was never given.');
    }
    if (!pending) await refuseRevoked(tx, licensee, terms.model, license);
    const id = pending?.id ?? uuidv7();
    if (pending) await tx.update(GrantRecord, id, { acceptanceId: acceptance });
    else await tx.insert(GrantRecord, { id, isPublic: false, ...where, termsId: terms.id, origin: 'acceptance', acceptanceId: acceptance });
    await this.addPeriod(tx, id, { from: this.runtime.now(), days: await daysOf(tx, terms, license) });
    await this.record(tx, actor, 'grant-activated', id, terms, { state: 'active', acceptance });
    for (const replaced of await replaceStandardGrant(tx, id))
      await this.record(tx, actor, 'grant-replaced', replaced, terms, { state: 'expired', replacedBy: id });
    return id;
  }

  /** The model's one public grant: everything of an open model, the public artifacts of a gated one. */
  async publish(tx: EntityManager, actor: Origin, model: string, license: string): Promise<void> {
    const [known] = await tx.query<{ id: string; license_id: string }[]>(
      'SELECT id, license_id FROM access_grant WHERE is_public AND model_id = $1 AND ended_at IS NULL FOR UPDATE',
      [model],
    );
    if (known?.license_id === license) return;
    if (known)
      await tx.query(`UPDATE access_grant SET ended_at = now(), ended_by = $2, end_reason = 'the terms changed' WHERE id = $1`, [
        known.id,
        actor.account,
      ]);
    const id = uuidv7();
    await tx.insert(GrantRecord, { id, licenseeId: null, isPublic: true, modelId: model, licenseId: license, origin: 'publication' });
    await this.addPeriod(tx, id, { from: this.runtime.now(), days: null });
    await this.record(tx, actor, 'grant-published', id, { model }, { state: 'active', public: true });
  }

  private async addPeriod(tx: EntityManager, grant: string, period: { from: Date; days: number | null; decision?: string }): Promise<void> {
    const { from, days, decision } = period;
    const until = days === null ? null : new Date(from.getTime() + days * DAY_MS);
    await tx.query('INSERT INTO grant_period (id, grant_id, valid_from, valid_until, decision_id) VALUES ($1, $2, $3, $4, $5)', [
      uuidv7(),
      grant,
      from,
      until,
      decision ?? null,
    ]);
  }

  private async record(
    tx: EntityManager,
    actor: Origin,
    kind: string,
    grant: string,
    terms: { model: string },
    fact: Record<string, unknown>,
  ): Promise<void> {
    await this.ledger.append(tx, 'grant', grant, this.runtime.now(), { ...fact, model: terms.model });
    await this.events.append(actor, { kind, subject: grant, model: terms.model, detail: fact }, tx);
  }
}
