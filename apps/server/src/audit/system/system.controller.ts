import { Controller, Get } from '@nestjs/common';
import { Allow, Person, refuseWithoutRole, type PersonActor } from '../../http/actor.js';
import { SystemStandings } from './system-standings.service.js';

@Controller('api/v1/system')
export class SystemController {
  constructor(private readonly standings: SystemStandings) {}

  @Get()
  @Allow('person')
  find(@Person() actor: PersonActor) {
    refuseWithoutRole(actor, 'admin');
    return this.standings.now();
  }
}
