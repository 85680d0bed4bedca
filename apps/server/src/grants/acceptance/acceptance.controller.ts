import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CreateAcceptance, CreatePresentation, Id } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { AcceptanceReading } from './acceptance-reading.service.js';
import { AcceptancesService } from './acceptances.service.js';
import { PresentationsService } from './presentations.service.js';

@Controller('api/v1')
export class AcceptanceController {
  constructor(
    private readonly presentations: PresentationsService,
    private readonly acceptances: AcceptancesService,
    private readonly reading: AcceptanceReading,
  ) {}

  @Post('presentations')
  @Allow('request')
  present(@Person() actor: PersonActor, @Body({ schema: CreatePresentation }) body: CreatePresentation) {
    return this.presentations.present(actor, body);
  }

  @Post('acceptances')
  @Allow('person')
  async answer(@Person() actor: PersonActor, @Body({ schema: CreateAcceptance }) body: CreateAcceptance) {
    return this.reading.find(actor, await this.acceptances.answer(actor, body));
  }

  @Get('acceptances/:id')
  @Allow('read')
  find(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.reading.find(actor, id);
  }
}
