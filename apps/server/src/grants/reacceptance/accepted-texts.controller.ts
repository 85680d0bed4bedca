import { Controller, Get, Param } from '@nestjs/common';
import { Name } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { AcceptedTexts } from './accepted-texts.service.js';

@Controller('api/v1/policies/:slug/since-accepted')
export class AcceptedTextsController {
  constructor(private readonly texts: AcceptedTexts) {}

  @Get()
  @Allow('read')
  since(@Person() actor: PersonActor, @Param('slug', { schema: Name }) slug: string) {
    return this.texts.since(actor, slug);
  }
}
