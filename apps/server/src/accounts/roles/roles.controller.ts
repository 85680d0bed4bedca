import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { AssignRole, Id, ListRoles } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { RolesService } from './roles.service.js';

@Controller('api/v1/roles')
export class RolesController {
  constructor(private readonly roles: RolesService) {}

  @Get()
  @Allow('person')
  list(@Person() actor: PersonActor, @Query({ schema: ListRoles }) query: ListRoles) {
    return this.roles.list(actor, query);
  }

  @Post()
  @Allow('person')
  assign(@Person() actor: PersonActor, @Body({ schema: AssignRole }) body: AssignRole) {
    return this.roles.assign(actor, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow('person')
  end(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.roles.end(actor, id);
  }
}
