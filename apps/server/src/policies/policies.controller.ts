import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CreatePolicy, Name } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../http/actor.js';
import { PoliciesService } from './policies.service.js';

@Controller('api/v1/policies')
export class PoliciesController {
  constructor(private readonly policies: PoliciesService) {}

  @Post()
  @Allow('publish')
  create(@Person() actor: PersonActor, @Body({ schema: CreatePolicy }) body: CreatePolicy) {
    return this.policies.create(actor, body);
  }

  @Get(':slug')
  @Allow('anyone')
  find(@Param('slug', { schema: Name }) slug: string) {
    return this.policies.find(slug);
  }

  @Get(':slug/snapshots')
  @Allow('anyone')
  snapshots(@Param('slug', { schema: Name }) slug: string) {
    return this.policies.snapshots(slug);
  }
}
