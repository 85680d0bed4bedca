import { Controller, Get, Query } from '@nestjs/common';
import { ListDisclosures } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { Disclosures } from './disclosures.service.js';

@Controller('api/v1/audit/disclosures')
export class DisclosuresController {
  constructor(private readonly disclosures: Disclosures) {}

  @Get()
  @Allow('person')
  list(@Person() actor: PersonActor, @Query({ schema: ListDisclosures }) query: ListDisclosures) {
    return this.disclosures.list(actor, query);
  }
}
