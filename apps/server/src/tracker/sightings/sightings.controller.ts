import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { GrantCommandBody, Id, ListSightings } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { SightingsService } from './sightings.service.js';

@Controller('api/v1/sightings')
export class SightingsController {
  constructor(private readonly sightings: SightingsService) {}

  @Get()
  @Allow('audit')
  list(@Person() actor: PersonActor, @Query({ schema: ListSightings }) query: ListSightings) {
    return this.sightings.list(actor, query);
  }

  @Post(':id/close')
  @HttpCode(200)
  @Allow('person')
  close(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string, @Body({ schema: GrantCommandBody }) body: GrantCommandBody) {
    return this.sightings.close(actor, id, body.reason);
  }
}
