import { Controller, Get, Query } from '@nestjs/common';
import { AskOverview } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { OverviewService } from './overview.service.js';

@Controller('api/v1/overview')
export class OverviewController {
  constructor(private readonly overview: OverviewService) {}

  @Get()
  @Allow('audit')
  of(@Person() actor: PersonActor, @Query({ schema: AskOverview }) query: AskOverview) {
    return this.overview.of(actor, query);
  }
}
