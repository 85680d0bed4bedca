import { Controller, Get, Query } from '@nestjs/common';
import { Paging } from '@paddock/contracts';
import { DataSource } from 'typeorm';
import { Allow, Holder, Person, refuseWithoutRole, type HolderActor, type PersonActor } from '../http/actor.js';
import { page, readCursor } from '../http/cursor.js';

interface MeRow {
  email: string;
  name: string;
  verified_at: Date | null;
  roles: { role: string; scope: string; place: string | null }[];
}

interface SeatRow {
  id: string;
  name: string;
  scopes: string[];
  expires_at: Date | null;
  organization: { id: string; legalName: string };
}

interface MailRow {
  id: string;
  recipient: string;
  subject: string;
  body: string;
  state: string;
  created_at: Date;
  at: string;
}

@Controller('api/v1')
export class MeController {
  constructor(private readonly database: DataSource) {}

  @Get('me')
  @Allow('read')
  async me(@Holder() actor: HolderActor) {
    if (actor.seat !== null) return this.seat(actor.seat);
    const [row] = await this.database.query<MeRow[]>(
      `SELECT p.email, p.name, a.verified_at, coalesce((
         SELECT json_agg(json_build_object('role', r.role, 'scope', r.scope, 'place', coalesce(pub.slug, m.slug)))
         FROM role_assignment r LEFT JOIN publisher pub ON pub.id = r.publisher_id LEFT JOIN model m ON m.id = r.model_id
         WHERE r.account_id = a.id AND (r.valid_until IS NULL OR r.valid_until > now())), '[]'::json) AS roles
       FROM account a JOIN person p ON p.account_id = a.id WHERE a.id = $1`,
      [actor.account],
    );
    return {
      id: actor.account,
      email: row!.email,
      name: row!.name,
      state: row!.verified_at ? 'verified' : 'unverified',
      via: actor.via,
      roles: row!.roles,
    };
  }

  private async seat(id: string) {
    const [row] = await this.database.query<SeatRow[]>(
      `SELECT s.id, s.name, s.scopes, s.expires_at, json_build_object('id', o.id, 'legalName', o.legal_name) AS organization
       FROM service_seat s JOIN organization o ON o.id = s.organization_id WHERE s.id = $1`,
      [id],
    );
    const { name, scopes, organization, expires_at: expiresAt } = row!;
    return { id, kind: 'seat', name, state: 'active', via: 'token', scopes, organization, expiresAt };
  }

  /** The outbox: without a mail server this is where mail can be read, and by administrators alone, for it holds single-use links. */
  @Get('mail')
  @Allow('person')
  async mail(@Person() actor: PersonActor, @Query({ schema: Paging }) query: Paging) {
    refuseWithoutRole(actor, 'admin');
    const cursor = readCursor(query.cursor);
    const rows = await this.database.query<MailRow[]>(
      `SELECT *, to_json(created_at) #>> '{}' AS at FROM mail WHERE ($1::timestamptz IS NULL OR (created_at, id) < ($1, $2::uuid)) ORDER BY created_at DESC, id DESC LIMIT $3`,
      [cursor?.at ?? null, cursor?.id ?? null, query.limit + 1],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => row);
    return {
      items: items.map(({ id, recipient, subject, body, state, created_at: createdAt }) => ({
        id,
        recipient,
        subject,
        body,
        state,
        createdAt,
      })),
      nextCursor,
    };
  }
}
