import { Refusal } from '@paddock/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { licenseesOf } from '../accounts/licensees/licensees.js';
import { rolesAs, type PersonActor } from '../http/actor.js';

/** A licensee, and how much of what is recorded of them the reader may see. */
export interface DossierScope {
  licensee: string;
  everything: boolean;
  publishers: string[];
  models: string[];
}

interface LicenseeRow {
  organization_id: string | null;
  is_officer: boolean;
}

const LICENSEE = `
  SELECT k.organization_id, EXISTS (SELECT FROM membership m WHERE m.organization_id = k.organization_id AND m.account_id = $2 AND m.role = 'officer' AND m.valid_until IS NULL) AS is_officer
  FROM licensee k WHERE k.id = $1`;

const RECORDED = `
  SELECT FROM model m WHERE (m.publisher_id = ANY ($2::uuid[]) OR m.id = ANY ($3::uuid[])) AND (
    EXISTS (SELECT FROM access_request r WHERE r.model_id = m.id AND r.licensee_id = $1)
    OR EXISTS (SELECT FROM acceptance a WHERE a.model_id = m.id AND a.licensee_id = $1)
    OR EXISTS (SELECT FROM access_grant g WHERE g.model_id = m.id AND g.licensee_id = $1)) LIMIT 1`;

/** Who may have a dossier: the licensee themself (of an organization, its officers), and staff for what lies in their scope. */
@Injectable()
export class DossierScopes {
  constructor(private readonly database: DataSource) {}

  async of(actor: PersonActor, licensee: string): Promise<DossierScope> {
    const [row] = await this.database.query<LicenseeRow[]>(LICENSEE, [licensee, actor.account]);
    if (row && (await this.isOwn(actor, licensee, row))) return { licensee, everything: true, publishers: [], models: [] };
    const roles = row ? rolesAs(actor, 'auditor', 'publisher', 'admin') : [];
    const scope: DossierScope = {
      licensee,
      everything: roles.some(({ scope }) => scope === 'portal'),
      publishers: roles.flatMap(({ publisher }) => publisher ?? []),
      models: roles.flatMap(({ model }) => model ?? []),
    };
    if (scope.everything) return scope;
    const recorded = await this.database.query<unknown[]>(RECORDED, [licensee, scope.publishers, scope.models]);
    if (recorded.length === 0) throw new Refusal('not-found', 'There is no such licensee for you.');
    return scope;
  }

  private async isOwn(actor: PersonActor, licensee: string, { organization_id, is_officer }: LicenseeRow): Promise<boolean> {
    if (organization_id !== null && !is_officer) return false;
    return (await licenseesOf(this.database, actor)).includes(licensee);
  }
}
