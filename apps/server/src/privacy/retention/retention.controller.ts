import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { RunRetentionDry, SetRetentionRule } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { RetentionRules } from './retention-rules.service.js';
import { RetentionService } from './retention.service.js';

@Controller('api/v1/retention')
export class RetentionController {
  constructor(
    private readonly rules: RetentionRules,
    private readonly retention: RetentionService,
  ) {}

  @Get('rules')
  @Allow('person')
  list(@Person() actor: PersonActor) {
    return this.rules.list(actor);
  }

  @Post('rules')
  @HttpCode(200)
  @Allow('person')
  set(@Person() actor: PersonActor, @Body({ schema: SetRetentionRule }) body: SetRetentionRule) {
    return this.rules.set(actor, body);
  }

  @Post('dry-run')
  @HttpCode(200)
  @Allow('person')
  dryRun(@Person() actor: PersonActor, @Body({ schema: RunRetentionDry }) body: RunRetentionDry) {
    return this.retention.dryRun(actor, body);
  }
}
