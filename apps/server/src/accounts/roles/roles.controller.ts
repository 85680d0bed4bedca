import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { AssignRole, Id } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { RolesService } from './roles.service.js';

@Controller('api/v1/roles')
export class RolesController {
  constructor(private readonly roles: RolesService) {}

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
