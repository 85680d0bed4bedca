import { Controller, Get, Query } from '@nestjs/common';
import { ListUsage } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { UsageReading } from './usage-reading.service.js';

@Controller('api/v1/audit/passkeys')
export class UsageController {
  constructor(private readonly usage: UsageReading) {}

  @Get()
  @Allow('audit')
  list(@Person() actor: PersonActor, @Query({ schema: ListUsage }) query: ListUsage) {
    return this.usage.list(actor, query);
  }
}
