import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ChangePolicy, CreatePolicy, Name, Paging, PolicyAsked } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../http/actor.js';
import { PoliciesService } from './policies.service.js';
import { PolicyReading } from './policy-reading.service.js';

@Controller('api/v1/policies')
export class PoliciesController {
  constructor(
    private readonly policies: PoliciesService,
    private readonly reading: PolicyReading,
  ) {}

  @Post()
  @Allow('publish')
  create(@Person() actor: PersonActor, @Body({ schema: CreatePolicy }) body: CreatePolicy) {
    return this.policies.create(actor, body);
  }

  @Get()
  @Allow('anyone')
  list(@Query({ schema: Paging }) query: Paging) {
    return this.reading.list(query);
  }

  @Get(':slug')
  @Allow('anyone')
  find(@Param('slug', { schema: Name }) slug: string, @Query({ schema: PolicyAsked }) { on }: PolicyAsked) {
    return this.reading.find(slug, on === undefined ? undefined : new Date(on));
  }

  @Patch(':slug')
  @Allow('publish')
  change(@Person() actor: PersonActor, @Param('slug', { schema: Name }) slug: string, @Body({ schema: ChangePolicy }) body: ChangePolicy) {
    return this.policies.change(actor, slug, body);
  }
}
