import { Injectable } from '@nestjs/common';
import type { AskOverview, Overview } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { rolesAs, type PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { countedSpan } from '../lists/counted-span.js';
import { ACCEPTANCES, DOWNLOADS, REFUSALS, requestsOverTime } from './overview-statements.js';

/** What happened in a time, counted, for the models that somebody is staff of: whichever their role, they see no person here. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

  async of(actor: PersonActor, { by, model, ...asked }: AskOverview) {
    const { from, to } = countedSpan(by, asked, this.runtime.now());
    const values = [...placesOf(actor), model ?? null, from, to];
    const part = <Name extends 'requests' | 'acceptances' | 'downloads' | 'refusals'>(sql: string) =>
      this.database.query<Overview[Name]>(sql, values);
    // One after the other: an overview is no reason to take four connections at once.
    return {
      by,
      from,
      to,
      requests: await part<'requests'>(requestsOverTime(by)),
      acceptances: await part<'acceptances'>(ACCEPTANCES),
      downloads: await part<'downloads'>(DOWNLOADS),
      refusals: await part<'refusals'>(REFUSALS),
    };
  }
}

/** null for whoever is staff of the whole portal. */
function placesOf(actor: PersonActor): [publishers: string[] | null, models: string[]] {
  const roles = rolesAs(actor, 'reviewer', 'publisher', 'auditor', 'admin');
  if (roles.length === 0) throw new Refusal('role-missing', 'The overview is for staff.');
  if (roles.some(({ scope }) => scope === 'portal')) return [null, []];
  return [roles.flatMap(({ publisher }) => publisher ?? []), roles.flatMap(({ model }) => model ?? [])];
}
