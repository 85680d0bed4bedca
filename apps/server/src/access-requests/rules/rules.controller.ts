import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CreateRules, Name, SwitchRules } from '@paddock/contracts';
import { z } from 'zod';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { DryRunService } from './dry-run.service.js';
import { RulesService } from './rules.service.js';

const Version = z.coerce.number().int().min(1).max(2_147_483_647);

@Controller('api/v1/models/:model/rules')
export class RulesController {
  constructor(
    private readonly rules: RulesService,
    private readonly dryRuns: DryRunService,
  ) {}

  @Post()
  @Allow('person')
  create(@Person() actor: PersonActor, @Param('model', { schema: Name }) model: string, @Body({ schema: CreateRules }) body: CreateRules) {
    return this.rules.create(actor, model, body);
  }

  @Get()
  @Allow('person')
  list(@Person() actor: PersonActor, @Param('model', { schema: Name }) model: string) {
    return this.rules.list(actor, model);
  }

  @Post(':n/dry-run')
  @HttpCode(200)
  @Allow('person')
  dryRun(@Person() actor: PersonActor, @Param('model', { schema: Name }) model: string, @Param('n', { schema: Version }) n: number) {
    return this.dryRuns.run(actor, model, n);
  }

  @Post('switch')
  @HttpCode(200)
  @Allow('person')
  switch(@Person() actor: PersonActor, @Param('model', { schema: Name }) model: string, @Body({ schema: SwitchRules }) body: SwitchRules) {
    return this.rules.switch(actor, model, body.n);
  }
}
