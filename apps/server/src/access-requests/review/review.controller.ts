import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { AssignRequest, BulkDecision, CreateNote, CreateReasonTemplate, Id } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { RequestReading } from '../request/request-reading.service.js';
import { BulkDecisions } from './bulk-decisions.service.js';
import { ReasonTemplates } from './reason-templates.service.js';
import { ReviewService } from './review.service.js';

@Controller('api/v1')
export class ReviewController {
  constructor(
    private readonly review: ReviewService,
    private readonly bulk: BulkDecisions,
    private readonly templates: ReasonTemplates,
    private readonly reading: RequestReading,
  ) {}

  @Get('access-requests/:id/review')
  @Allow('person')
  find(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.review.find(actor, id);
  }

  @Post('access-requests/:id/assign')
  @HttpCode(200)
  @Allow('person')
  async assign(
    @Person() actor: PersonActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AssignRequest }) body: AssignRequest,
  ) {
    await this.review.assign(actor, id, body.reviewer);
    return this.reading.find(actor, id);
  }

  @Post('access-requests/:id/notes')
  @Allow('person')
  note(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string, @Body({ schema: CreateNote }) body: CreateNote) {
    return this.review.note(actor, id, body.text);
  }

  @Post('decisions')
  @HttpCode(200)
  @Allow('person')
  decide(@Person() actor: PersonActor, @Body({ schema: BulkDecision }) body: BulkDecision) {
    return this.bulk.decide(actor, body);
  }

  @Get('reason-templates')
  @Allow('person')
  listTemplates(@Person() actor: PersonActor) {
    return this.templates.list(actor);
  }

  @Post('reason-templates')
  @Allow('person')
  keepTemplate(@Person() actor: PersonActor, @Body({ schema: CreateReasonTemplate }) body: CreateReasonTemplate) {
    return this.templates.create(actor, body);
  }

  @Delete('reason-templates/:id')
  @HttpCode(204)
  @Allow('person')
  endTemplate(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.templates.end(actor, id);
  }
}
