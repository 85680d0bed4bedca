import { Refusal } from '@paddock/domain';
import type { DataSource } from 'typeorm';
import { gatherForRelease, type GatheredFacts } from '../../grants/access-facts.js';
import type { Actor } from '../../http/actor.js';

const PUBLIC_GRANT = `
  SELECT g.id FROM access_grant g JOIN model m ON m.id = g.model_id WHERE m.slug = $1 AND g.is_public AND g.ended_at IS NULL`;

/** What the gate asks of the model's public grant: everything of an open model, the public files of a gated one. */
export async function gatherForEveryone(database: DataSource, actor: Actor, model: string, release: string): Promise<GatheredFacts> {
  const [grant] = await database.query<{ id: string }[]>(PUBLIC_GRANT, [model]);
  const gathered = grant && (await gatherForRelease(database, actor, grant.id, release));
  if (!gathered || gathered.facts.releaseState === 'draft') throw new Refusal('not-found', 'There is no such release.');
  const everything = gathered.facts.grantReach === 'everything';
  const facts = { ...gathered.facts, artifactAccess: everything ? ('gated' as const) : ('public' as const) };
  return { ...gathered, facts, holder: null };
}
