import type { DataSource } from 'typeorm';
import type { PersonActor } from '../../http/actor.js';
import type { AuditedPlaces } from '../audited-places.js';

const STANDS = `
  SELECT (SELECT count(*) FROM role_assignment WHERE id = ANY ($1::uuid[]) AND valid_from <= now() AND (valid_until IS NULL OR valid_until > now())) = cardinality($1::uuid[])
    AND EXISTS (SELECT FROM account WHERE id = $2 AND erased_at IS NULL)
    AND ($3::uuid IS NULL OR EXISTS (SELECT FROM session WHERE id = $3 AND expires_at > now()))
    AND ($4::uuid IS NULL OR EXISTS (SELECT FROM access_token WHERE id = $4 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()))) AS stands`;

/** Whether the roles that an answer rests on, and the sign-in or token that asked for it, still stand: by the database's clock. */
export async function stillStands(database: DataSource, actor: PersonActor, { assignments }: AuditedPlaces): Promise<boolean> {
  const values = [assignments, actor.account, actor.session?.id ?? null, actor.token];
  const [row] = await database.query<{ stands: boolean }[]>(STANDS, values);
  return row?.stands === true;
}
