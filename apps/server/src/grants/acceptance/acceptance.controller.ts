import { Body, Controller, Get, Header, Param, Post } from '@nestjs/common';
import { CreateAcceptance, CreatePresentation, Id, ReportObservations } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { AcceptanceReading } from './acceptance-reading.service.js';
import { AcceptancesService } from './acceptances.service.js';
import { Declarations } from './declaration.service.js';
import { Observations } from './observations.service.js';
import { PresentationsService } from './presentations.service.js';

@Controller('api/v1')
export class AcceptanceController {
  constructor(
    private readonly presentations: PresentationsService,
    private readonly acceptances: AcceptancesService,
    private readonly reading: AcceptanceReading,
    private readonly observations: Observations,
    private readonly declarations: Declarations,
  ) {}

  @Post('presentations')
  @Allow('request')
  present(@Person() actor: PersonActor, @Body({ schema: CreatePresentation }) body: CreatePresentation) {
    return this.presentations.present(actor, body);
  }

  @Post('presentations/:id/observations')
  @Allow('person')
  async report(
    @Person() actor: PersonActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ReportObservations }) body: ReportObservations,
  ) {
    return { recorded: await this.observations.record(actor, id, body) };
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

  @Get('acceptances/:id/declaration')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Allow('read')
  declaration(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.declarations.of(actor, id);
  }
}
