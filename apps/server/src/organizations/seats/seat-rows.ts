import type { DataSource, EntityManager } from 'typeorm';

interface SeatRow {
  id: string;
  name: string;
  scopes: string[];
  state: 'active' | 'expired' | 'ended';
  custodian: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

const MOST_LISTED = 500;

/** Seats as the API shows them, newest first: one, or all of the organization's. */
export function seatRows(
  tx: EntityManager | DataSource,
  { organization, seat }: { organization: string; seat?: string },
): Promise<SeatRow[]> {
  return tx.query<SeatRow[]>(
    `SELECT id, name, scopes, custodian_id AS custodian, created_at AS "createdAt", expires_at AS "expiresAt", last_used_at AS "lastUsedAt",
       CASE WHEN ended_at IS NOT NULL THEN 'ended' WHEN expires_at <= now() THEN 'expired' ELSE 'active' END AS state
     FROM service_seat WHERE organization_id = $1 AND ($2::uuid IS NULL OR id = $2) ORDER BY created_at DESC, id DESC LIMIT ${MOST_LISTED}`,
    [organization, seat ?? null],
  );
}
