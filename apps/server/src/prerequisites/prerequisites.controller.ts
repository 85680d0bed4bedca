import { Controller, Get, Param } from '@nestjs/common';
import { Name } from '@paddock/contracts';
import { Allow, Caller, type Actor } from '../http/actor.js';
import { PrerequisitesService } from './prerequisites.service.js';

@Controller('api/v1/models/:model/prerequisites')
export class PrerequisitesController {
  constructor(private readonly prerequisites: PrerequisitesService) {}

  @Get()
  @Allow('anyone')
  list(@Caller() actor: Actor, @Param('model', { schema: Name }) model: string) {
    return this.prerequisites.list(actor, model);
  }
}
