import { Injectable } from '@nestjs/common';
import type { CreateSeat } from '@paddock/contracts';
import { Refusal, refuseUnlessOfficer } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { newToken } from '../../accounts/tokens/tokens.service.js';
import type { PersonActor } from '../../http/actor.js';
import { hashSecret } from '../../http/keys.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog } from '../../ledger/event-log.js';
import { OrganizationAccess } from '../organization-access.js';
import { seatRows } from './seat-rows.js';

const MOST_OPEN = 100;

/** Places of machines: a token that belongs to the organization, and a member who answers for it. */
@Injectable()
export class SeatsService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly access: OrganizationAccess,
    private readonly events: EventLog,
  ) {}

  async create(actor: PersonActor, organization: string, input: CreateSeat) {
    if (input.expiresAt !== undefined && Date.parse(input.expiresAt) <= this.runtime.now().getTime())
      throw new Refusal('malformed-request', 'expiresAt: must lie in the future', { fields: ['expiresAt'] });
    const token = newToken();
    return this.database.transaction(async (tx) => {
      const { acting, members } = await this.access.lock(tx, actor, organization);
      refuseUnlessOfficer(acting);
      const custodian = input.custodian ?? acting.id;
      if (!members.some(({ id }) => id === custodian)) throw new Refusal('not-found', 'The custodian is no member of the organization.');
      await refuseTooMany(tx, organization);
      const id = uuidv7();
      const scopes = [...new Set(input.scopes)];
      await tx.query(
        'INSERT INTO service_seat (id, organization_id, custodian_id, name, scopes, token_hash, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [id, organization, custodian, input.name, scopes, hashSecret(token), input.expiresAt ?? null],
      );
      await tx.query('INSERT INTO holder (id, seat_id) VALUES ($1, $2)', [uuidv7(), id]);
      await this.events.append(actor, { kind: 'seat-opened', subject: id, detail: { organization, scopes, custodian } }, tx);
      const [row] = await seatRows(tx, { organization, seat: id });
      return { ...row!, token };
    });
  }

  async list(actor: PersonActor, organization: string) {
    await this.access.role(this.database, actor, organization);
    return { items: await seatRows(this.database, { organization }), nextCursor: null };
  }

  /** An officer ends any seat, its custodian that one. Its links end at the gate. */
  async end(actor: PersonActor, organization: string, seat: string) {
    return this.database.transaction(async (tx) => {
      const { acting } = await this.access.lock(tx, actor, organization);
      const [row] = await seatRows(tx, { organization, seat });
      if (!row) throw new Refusal('not-found', 'The organization has no such seat.');
      if (row.custodian !== acting.id) refuseUnlessOfficer(acting);
      if (row.state !== 'ended') {
        await tx.query('UPDATE service_seat SET ended_at = now() WHERE id = $1', [seat]);
        await this.events.append(actor, { kind: 'seat-ended', subject: seat, detail: { organization } }, tx);
      }
      const [ended] = await seatRows(tx, { organization, seat });
      return ended!;
    });
  }
}

async function refuseTooMany(tx: EntityManager, organization: string): Promise<void> {
  const [row] = await tx.query<{ open: number }[]>(
    'SELECT count(*)::int AS open FROM service_seat WHERE organization_id = $1 AND ended_at IS NULL',
    [organization],
  );
  if (row!.open >= MOST_OPEN) throw new Refusal('organization-limit', `At most ${MOST_OPEN} seats may be open at once.`);
}
