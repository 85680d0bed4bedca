import { Controller, Get } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Allow, Holder, type HolderActor } from '../http/actor.js';

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
}
