import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Id, LiftHold, ListHolds, SetHold } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { HoldsService } from './holds.service.js';

@Controller('api/v1/holds')
export class HoldsController {
  constructor(private readonly holds: HoldsService) {}

  @Get()
  @Allow('person')
  list(@Person() actor: PersonActor, @Query({ schema: ListHolds }) query: ListHolds) {
    return this.holds.list(actor, query);
  }

  @Post()
  @Allow('person')
  set(@Person() actor: PersonActor, @Body({ schema: SetHold }) body: SetHold) {
    return this.holds.set(actor, body);
  }

  @Post(':id/lift')
  @HttpCode(200)
  @Allow('person')
  lift(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string, @Body({ schema: LiftHold }) body: LiftHold) {
    return this.holds.lift(actor, id, body);
  }
}
