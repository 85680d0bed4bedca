import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { AnswerInquiry, Id, Name, NameReferee, RefereeToken } from '@paddock/contracts';
import { Allow, Caller, Person, type Actor, type PersonActor } from '../../http/actor.js';
import { InquiriesService } from './inquiries.service.js';
import { RefereesService } from './referees.service.js';

@Controller('api/v1')
export class RefereesController {
  constructor(
    private readonly referees: RefereesService,
    private readonly inquiries: InquiriesService,
  ) {}

  @Post('models/:model/referees')
  @Allow('person')
  name(@Person() actor: PersonActor, @Param('model', { schema: Name }) model: string, @Body({ schema: NameReferee }) body: NameReferee) {
    return this.referees.name(actor, model, body);
  }

  @Get('models/:model/referees')
  @Allow('person')
  list(@Person() actor: PersonActor, @Param('model', { schema: Name }) model: string) {
    return this.referees.list(actor, model);
  }

  @Post('referees/:id/resend')
  @HttpCode(200)
  @Allow('person')
  resend(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.referees.resend(actor, id);
  }

  @Delete('referees/:id')
  @HttpCode(204)
  @Allow('person')
  withdraw(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.referees.withdraw(actor, id);
  }

  @Post('referees/inquiry')
  @HttpCode(200)
  @Allow('anyone')
  inquiry(@Caller() actor: Actor, @Body({ schema: RefereeToken }) { token }: RefereeToken) {
    return this.inquiries.read(actor, token);
  }

  @Post('referees/confirm')
  @HttpCode(200)
  @Allow('anyone')
  confirm(@Caller() actor: Actor, @Body({ schema: AnswerInquiry }) body: AnswerInquiry) {
    return this.inquiries.answer(actor, body);
  }
}
