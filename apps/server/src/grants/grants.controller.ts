import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { GrantCommandBody, Id, ListGrants } from '@paddock/contracts';
import { Allow, Holder, Person, type HolderActor, type PersonActor } from '../http/actor.js';
import { GrantsService } from './grants.service.js';

@Controller('api/v1/grants')
export class GrantsController {
  constructor(private readonly grants: GrantsService) {}

  @Get()
  @Allow('read')
  list(@Holder() actor: HolderActor, @Query({ schema: ListGrants }) query: ListGrants) {
    return this.grants.list(actor, query);
  }

  @Get(':id')
  @Allow('read')
  find(@Holder() actor: HolderActor, @Param('id', { schema: Id }) id: string) {
    return this.grants.find(actor, id);
  }

  @Post(':id/suspend')
  @HttpCode(200)
  @Allow('person')
  suspend(
    @Person() actor: PersonActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: GrantCommandBody }) body: GrantCommandBody,
  ) {
    return this.grants.command(actor, id, 'suspend', body.reason);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Allow('person')
  resume(
    @Person() actor: PersonActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: GrantCommandBody }) body: GrantCommandBody,
  ) {
    return this.grants.command(actor, id, 'resume', body.reason);
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Allow('person')
  revoke(
    @Person() actor: PersonActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: GrantCommandBody }) body: GrantCommandBody,
  ) {
    return this.grants.command(actor, id, 'revoke', body.reason);
  }
}
