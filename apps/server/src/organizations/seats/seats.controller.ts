import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CreateSeat, Id } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { SeatsService } from './seats.service.js';

@Controller('api/v1/organizations/:id/seats')
export class SeatsController {
  constructor(private readonly seats: SeatsService) {}

  @Post()
  @Allow('person')
  create(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string, @Body({ schema: CreateSeat }) body: CreateSeat) {
    return this.seats.create(actor, id, body);
  }

  @Get()
  @Allow('read')
  list(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.seats.list(actor, id);
  }

  @Post(':seat/end')
  @HttpCode(200)
  @Allow('person')
  end(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string, @Param('seat', { schema: Id }) seat: string) {
    return this.seats.end(actor, id, seat);
  }
}
