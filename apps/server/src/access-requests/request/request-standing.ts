import { AWAITING_STATES, usualWait, type RequestState } from '@paddock/domain';
import type { DataSource } from 'typeorm';
import { prepared } from '../../database/prepared.js';
import { AWAITING } from './awaiting.js';

const RECENT = 200;

/** How many requests for the model await a person and came before, among those that await one. */
const AHEAD = `
  SELECT count(*)::int AS ahead FROM access_request
  WHERE model_id = $1 AND state IN ${AWAITING} AND (submitted_at, id) < ($2, $3::uuid)`;

/** People's last decisions that ended a request; what rules decide at once would tell nothing to whoever waits for a person. */
const WAITS = `
  SELECT extract(epoch FROM d.created_at - q.submitted_at)::float8 AS seconds FROM access_request q
  JOIN LATERAL (SELECT created_at, account_id FROM decision WHERE request_id = q.id AND outcome IN ('approve', 'reject') ORDER BY created_at DESC LIMIT 1) d ON true
  WHERE q.model_id = $1 AND q.state IN ('approved', 'rejected') AND d.account_id IS NOT NULL
  ORDER BY q.updated_at DESC LIMIT ${RECENT}`;

interface Standing {
  id: string;
  state: RequestState;
  model_id: string;
  submitted_at: Date | null;
}

/** Where the request stands and how long that usually takes; null where nobody's decision is awaited. */
export async function standingOf(database: DataSource, { id, state, model_id: model, submitted_at: submitted }: Standing) {
  if (submitted === null || !(AWAITING_STATES.includes(state) || state === 'returned')) return null;
  const [row] = await prepared<{ ahead: number }>(database, 'requests-ahead', AHEAD, [model, submitted, id]);
  return { position: row!.ahead + 1, wait: await usualWaitFor(database, model) };
}

/** How long recent decisions on requests for the model took; null while there are too few to tell. */
export async function usualWaitFor(database: DataSource, model: string) {
  const waits = await prepared<{ seconds: number }>(database, 'recent-waits', WAITS, [model]);
  return usualWait(waits.map(({ seconds }) => seconds));
}
