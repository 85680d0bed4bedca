import { Injectable } from '@nestjs/common';
import type { Dossier } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { GRANT_STATE } from '../grants/grant-state-sql.js';
import type { PersonActor } from '../http/actor.js';
import { EventLog } from '../ledger/event-log.js';
import { DossierScopes } from './dossier-scope.js';
import { SEEN } from './recorded-rows.js';

const MOST = 500;
const LICENSEE = `
  SELECT k.id, CASE WHEN k.account_id IS NULL THEN 'organization' ELSE 'individual' END AS kind, coalesce(o.legal_name, p.name) AS name, coalesce(o.country, p.country) AS country
  FROM licensee k LEFT JOIN organization o ON o.id = k.organization_id LEFT JOIN person p ON p.account_id = k.account_id WHERE k.id = $1`;

/** What stands in a dossier, without its files. */
const PARTS = {
  requests: `SELECT r.id, m.slug AS model, r.kind, r.state, r.submitted_at AS "submittedAt" FROM access_request r JOIN model m ON m.id = r.model_id
    WHERE r.licensee_id = $1 AND ${SEEN} AND r.state <> 'draft' ORDER BY r.id DESC LIMIT ${MOST}`,
  acceptances: `SELECT a.id, m.slug AS model, l.slug AS license, v.n AS "licenseVersion", a.agreement_id AS agreement, a.outcome AS state, a.created_at AS at
    FROM acceptance a JOIN model m ON m.id = a.model_id JOIN license_version v ON v.id = a.license_version_id JOIN license l ON l.id = v.license_id
    WHERE a.licensee_id = $1 AND ${SEEN} ORDER BY a.id DESC LIMIT ${MOST}`,
  grants: `SELECT x.id, m.slug AS model, l.slug AS license, ${GRANT_STATE} AS state, period.since AS "from", period.until
    FROM access_grant x JOIN model m ON m.id = x.model_id JOIN license l ON l.id = x.license_id
    LEFT JOIN LATERAL (SELECT min(valid_from) AS since, nullif(max(coalesce(valid_until, 'infinity')), 'infinity') AS until FROM grant_period WHERE grant_id = x.id) period ON true
    WHERE x.licensee_id = $1 AND ${SEEN} ORDER BY x.id DESC LIMIT ${MOST}`,
};
const LINKS = `
  SELECT count(*)::int AS links FROM link x JOIN access_grant g ON g.id = x.grant_id JOIN model m ON m.id = g.model_id WHERE g.licensee_id = $1 AND ${SEEN}`;

/** A dossier at a glance, for whoever may have it; each look at somebody else's is recorded. */
@Injectable()
export class DossierReading {
  constructor(
    private readonly database: DataSource,
    private readonly scopes: DossierScopes,
    private readonly events: EventLog,
  ) {}

  async find(actor: PersonActor, licensee: string) {
    const { everything, publishers, models } = await this.scopes.of(actor, licensee);
    const [row] = await this.database.query<Pick<Dossier, 'id' | 'kind' | 'name' | 'country'>[]>(LICENSEE, [licensee]);
    if (!row) throw new Refusal('not-found', 'There is no such licensee for you.');
    const values = [licensee, everything, publishers, models];
    const part = <Name extends keyof typeof PARTS>(name: Name) => this.database.query<Dossier[Name]>(PARTS[name], values);
    const [requests, acceptances, grants] = [await part('requests'), await part('acceptances'), await part('grants')];
    const [counted] = await this.database.query<{ links: number }[]>(LINKS, values);
    await this.events.append(actor, { kind: 'dossier-read', subject: licensee });
    return { ...row, complete: everything, requests, acceptances, grants, links: counted!.links };
  }
}
