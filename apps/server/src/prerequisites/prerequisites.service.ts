import { Injectable } from '@nestjs/common';
import {
  PREREQUISITES,
  prerequisiteStanding,
  Refusal,
  refuseUnmetPrerequisites,
  strictestPrerequisites,
  type Prerequisite,
  type PrerequisiteStanding,
} from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { licenseesOf } from '../accounts/licensees/licensees.js';
import type { Actor, PersonActor } from '../http/actor.js';
import { Runtime } from '../http/runtime.js';
import { heldEvidence } from './held-evidence.js';

/** The terms that ask, as far as it matters here. */
export interface AskingTerms {
  model: string;
  model_slug: string;
  prerequisites: Prerequisite[];
}

/** Of the terms in force, and of those under which a licensee of $2 holds a grant: the gate judges by the latter. */
const ASKED = `
  SELECT m.id AS model, m.slug AS model_slug, t.prerequisites, coalesce((
    SELECT json_agg(kept.prerequisites) FROM access_grant g JOIN access_terms kept ON kept.id = g.terms_id
    WHERE g.model_id = m.id AND g.licensee_id = ANY ($2::uuid[]) AND g.ended_at IS NULL), '[]'::json) AS earlier
  FROM model m JOIN LATERAL (SELECT prerequisites FROM access_terms WHERE model_id = m.id ORDER BY n DESC LIMIT 1) t ON true
  WHERE m.slug = $1`;

/** What models ask of people before they get access, and how people stand to it. */
@Injectable()
export class PrerequisitesService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

  /** Everything that is asked of this person; of nobody, what the terms in force ask. */
  async askedOf(tx: EntityManager, actor: PersonActor | null, slug: string): Promise<AskingTerms> {
    const licensees = actor ? await licenseesOf(tx, actor) : [];
    const [row] = await tx.query<(AskingTerms & { earlier: Prerequisite[][] })[]>(ASKED, [slug, licensees]);
    if (!row) throw new Refusal('not-found', 'There is no such model, or it has no access terms yet.');
    return { ...row, prerequisites: strictestPrerequisites([row.prerequisites, ...row.earlier]) };
  }

  async standing(tx: EntityManager, account: string, { model, model_slug, prerequisites }: AskingTerms): Promise<PrerequisiteStanding[]> {
    if (prerequisites.length === 0) return [];
    const held = await heldEvidence(tx, account, model);
    return prerequisiteStanding(prerequisites, held, model_slug, this.runtime.now().getTime());
  }

  /** `state` is that of what was to go on. */
  async refuseUnmet(tx: EntityManager, account: string, terms: AskingTerms, state?: string): Promise<void> {
    refuseUnmetPrerequisites(await this.standing(tx, account, terms), state);
  }

  /** Strangers, machines, and tokens that may not read are told what is asked; a person, how they stand to it. */
  async list(actor: Actor, slug: string) {
    const tx = this.database.manager;
    const person = mayRead(actor) ? actor : null;
    const terms = await this.askedOf(tx, person, slug);
    const known = person && (await this.standing(tx, person.account, terms));
    const standing = known ?? prerequisiteStanding(terms.prerequisites, { present: [], evidence: [] }, slug, 0);
    const items = standing.map(({ kind, validDays, state, until, remedy, link }) => ({
      kind,
      validDays,
      meaning: PREREQUISITES[kind].meaning,
      state: known ? state : 'asked',
      until: shownTime(until),
      remedy,
      url: `${this.runtime.publicUrl}${link}`,
    }));
    return { items, nextCursor: null };
  }
}

function mayRead(actor: Actor): actor is PersonActor {
  return actor.account !== null && (actor.via === 'session' || actor.scopes.includes('read'));
}

/** null for what has no end, and for what never began. */
export function shownTime(until: number): Date | null {
  return Number.isFinite(until) ? new Date(until) : null;
}
