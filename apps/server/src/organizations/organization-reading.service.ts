import { Injectable } from '@nestjs/common';
import type { ListOrganizations } from '@paddock/contracts';
import { Refusal, type MemberRole } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { refuseWithoutRole, type PersonActor } from '../http/actor.js';
import { page, readCursor } from '../http/cursor.js';
import { InvitationReading } from './invitations/invitation-reading.js';
import { memberRows } from './members/member-rows.js';
import { OrganizationAccess } from './organization-access.js';
import { seatRows } from './seats/seat-rows.js';

interface OrganizationRow {
  id: string;
  legal_name: string;
  country: string;
  licensee: string;
  role: MemberRole | null;
  domains: { domain: string; state: 'verified' | 'pending'; method: string | null }[];
  created_at: Date;
  at: string;
}

const ORGANIZATIONS = `
  SELECT o.id, o.legal_name, o.country, o.created_at, k.id AS licensee, m.role, to_json(o.created_at) #>> '{}' AS at, coalesce((
    SELECT json_agg(json_build_object('domain', d.domain, 'state', CASE WHEN d.verified_at IS NULL THEN 'pending' ELSE 'verified' END, 'method', d.method) ORDER BY d.domain)
    FROM organization_domain d WHERE d.organization_id = o.id), '[]'::json) AS domains
  FROM organization o JOIN licensee k ON k.organization_id = o.id
  LEFT JOIN membership m ON m.organization_id = o.id AND m.account_id = $1 AND m.valid_until IS NULL`;

@Injectable()
export class OrganizationReading {
  constructor(
    private readonly database: DataSource,
    private readonly access: OrganizationAccess,
    private readonly invitations: InvitationReading,
  ) {}

  async list(actor: PersonActor, query: ListOrganizations) {
    const all = query.scope === 'portal';
    if (all && actor.via !== 'session') throw new Refusal('session-required', 'The list of all organizations is for people.');
    if (all) refuseWithoutRole(actor, 'admin');
    const cursor = readCursor(query.cursor);
    const rows = await this.database.query<OrganizationRow[]>(
      `${ORGANIZATIONS} WHERE ($2 OR m.id IS NOT NULL) AND ($3::uuid IS NULL OR k.id = $3)
         AND ($4::timestamptz IS NULL OR (o.created_at, o.id) < ($4, $5::uuid)) ORDER BY o.created_at DESC, o.id DESC LIMIT $6`,
      [actor.account, all, actor.licensee, cursor?.at ?? null, cursor?.id ?? null, query.limit + 1],
    );
    const { items, nextCursor } = page(rows, query.limit, (row) => row);
    return { items: items.map(listed), nextCursor };
  }

  async find(actor: PersonActor, id: string) {
    const role = await this.access.role(this.database, actor, id);
    const [row] = await this.database.query<OrganizationRow[]>(`${ORGANIZATIONS} WHERE o.id = $2`, [actor.account, id]);
    const officer = role === 'officer';
    return {
      ...listed(row!),
      members: await memberRows(this.database, { organization: id, emails: officer }),
      seats: await seatRows(this.database, { organization: id }),
      invitations: officer ? await this.invitations.latest(id) : [],
    };
  }
}

function listed(row: OrganizationRow) {
  const { id, legal_name: legalName, country, licensee, role, domains, created_at: createdAt } = row;
  return { id, legalName, country, licensee, role, domains, createdAt };
}
