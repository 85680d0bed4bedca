import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CreateForm, Name, PutTerms } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { FormsService } from './forms.service.js';
import { TermsService } from './terms.service.js';

@Controller('api/v1/models/:model')
export class TermsController {
  constructor(
    private readonly terms: TermsService,
    private readonly forms: FormsService,
  ) {}

  @Get('terms')
  @Allow('publish')
  find(@Person() actor: PersonActor, @Param('model', { schema: Name }) model: string) {
    return this.terms.find(actor, model);
  }

  @Post('terms')
  @Allow('publish')
  putTerms(@Person() actor: PersonActor, @Param('model', { schema: Name }) model: string, @Body({ schema: PutTerms }) body: PutTerms) {
    return this.terms.put(actor, model, body);
  }

  @Post('forms')
  @Allow('publish')
  compose(@Person() actor: PersonActor, @Param('model', { schema: Name }) model: string, @Body({ schema: CreateForm }) body: CreateForm) {
    return this.forms.compose(actor, model, body);
  }

  @Get('forms')
  @Allow('publish')
  list(@Person() actor: PersonActor, @Param('model', { schema: Name }) model: string) {
    return this.forms.list(actor, model);
  }

  @Get('form')
  @Allow('anyone')
  inForce(@Param('model', { schema: Name }) model: string) {
    return this.forms.inForce(model);
  }
}
