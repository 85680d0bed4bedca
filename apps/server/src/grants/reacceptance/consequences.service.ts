import { Injectable } from '@nestjs/common';
import type { MakeEffective } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { refuseWithoutRole, type PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { bindingDates } from '../../policies/snapshots/binding-dates.js';

/** What somebody is about to publish a newer text of. */
export type TextOwner = 'license' | 'policy';

const OWNER: Readonly<Record<TextOwner, string>> = {
  license: 'SELECT id, publisher_id FROM license WHERE slug = $1',
  policy: 'SELECT id, publisher_id FROM policy WHERE slug = $1',
};

/** Grants that stand on an acceptance of some text of it. */
const STANDING: Readonly<Record<TextOwner, string>> = {
  license: 'JOIN license_version v ON v.id = a.license_version_id AND v.license_id = $1',
  policy: 'JOIN agreement_policy ap ON ap.agreement_id = a.agreement_id AND ap.policy_id = $1',
};

const HELD = (owner: TextOwner) => `
  SELECT m.slug AS model, count(*)::int AS grants, count(DISTINCT g.licensee_id)::int AS licensees
  FROM access_grant g JOIN acceptance a ON a.id = g.acceptance_id ${STANDING[owner]} JOIN model m ON m.id = g.model_id
  WHERE g.ended_at IS NULL AND EXISTS (SELECT FROM grant_period WHERE grant_id = g.id AND (valid_until IS NULL OR valid_until > now()))
  GROUP BY GROUPING SETS ((m.slug), ()) ORDER BY m.slug NULLS FIRST`;

interface HeldRow {
  /** null: of all models together. */
  model: string | null;
  grants: number;
  licensees: number;
}

/** What a newer text would ask of those who accepted an earlier one, told before it is published. Nothing is written. */
@Injectable()
export class Consequences {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

  async of(actor: PersonActor, owner: TextOwner, slug: string, wish: MakeEffective) {
    const [found] = await this.database.query<{ id: string; publisher_id: string }[]>(OWNER[owner], [slug]);
    if (!found) throw new Refusal('not-found', `There is no such ${owner}.`);
    refuseWithoutRole(actor, 'publisher', { publisher: found.publisher_id });
    const { effectiveFrom, reacceptFrom } = bindingDates(wish, this.runtime.now());
    const [all, ...models] = await this.database.query<HeldRow[]>(HELD(owner), [found.id]);
    const { grants, licensees } = all!;
    return {
      effectiveFrom,
      reacceptance: wish.reacceptance,
      reacceptFrom,
      grants,
      licensees,
      mustAcceptAgain: reacceptFrom === null ? 0 : licensees,
      summary: summary(licensees, reacceptFrom, effectiveFrom),
      models: models.map((row) => ({ model: row.model, grants: row.grants, licensees: row.licensees })),
    };
  }
}

function summary(licensees: number, reacceptFrom: Date | null, effectiveFrom: Date): string {
  const who = licensees === 1 ? '1 licensee' : `${licensees} licensees`;
  if (licensees === 0) return 'Nobody holds a grant on an earlier text: nobody has to do anything.';
  if (reacceptFrom === null) return `${who} will be told; what they accepted goes on to bind them.`;
  const at = reacceptFrom.getTime() === effectiveFrom.getTime() ? 'as soon as it is in force, on' : 'by';
  return `${who} must accept again ${at} ${reacceptFrom.toISOString()}; from then on the gate refuses whoever has not.`;
}
