import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Name, RecordVerification } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { InstructionsService } from './instructions.service.js';
import { Verifications } from './verifications.service.js';

@Controller('api/v1/models/:model/releases/:release')
export class ReleasesController {
  constructor(
    private readonly instructions: InstructionsService,
    private readonly verifications: Verifications,
  ) {}

  @Get('instructions')
  @Allow('anyone')
  run(@Param('model', { schema: Name }) model: string, @Param('release', { schema: Name }) release: string) {
    return this.instructions.of(model, release);
  }

  @Post('verifications')
  @Allow('publish')
  record(
    @Person() actor: PersonActor,
    @Param('model', { schema: Name }) model: string,
    @Param('release', { schema: Name }) release: string,
    @Body({ schema: RecordVerification }) body: RecordVerification,
  ) {
    return this.verifications.record(actor, { model, release }, body);
  }
}
