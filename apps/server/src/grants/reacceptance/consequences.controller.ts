import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { MakeEffective, Name } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { Consequences } from './consequences.service.js';

@Controller('api/v1')
export class ConsequencesController {
  constructor(private readonly consequences: Consequences) {}

  @Post('licenses/:license/consequences')
  @HttpCode(200)
  @Allow('publish')
  ofLicense(
    @Person() actor: PersonActor,
    @Param('license', { schema: Name }) license: string,
    @Body({ schema: MakeEffective }) body: MakeEffective,
  ) {
    return this.consequences.of(actor, 'license', license, body);
  }

  @Post('policies/:slug/consequences')
  @HttpCode(200)
  @Allow('publish')
  ofPolicy(
    @Person() actor: PersonActor,
    @Param('slug', { schema: Name }) slug: string,
    @Body({ schema: MakeEffective }) body: MakeEffective,
  ) {
    return this.consequences.of(actor, 'policy', slug, body);
  }
}
