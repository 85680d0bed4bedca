import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CloseGrantReview, Id, ListDeletions, ListGrantReviews, StateDeletion } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { DeletionStatements } from './deletion-statements.service.js';
import { GrantReviews } from './grant-reviews.service.js';

@Controller('api/v1')
export class UpkeepController {
  constructor(
    private readonly deletions: DeletionStatements,
    private readonly reviews: GrantReviews,
  ) {}

  @Get('deletion-statements')
  @Allow('read')
  listDeletions(@Person() actor: PersonActor, @Query({ schema: ListDeletions }) query: ListDeletions) {
    return this.deletions.list(actor, query);
  }

  @Post('grants/:id/deletion-statement')
  @Allow('person')
  stateDeletion(
    @Person() actor: PersonActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: StateDeletion }) body: StateDeletion,
  ) {
    return this.deletions.state(actor, id, body);
  }

  @Get('grant-reviews')
  @Allow('person')
  listReviews(@Person() actor: PersonActor, @Query({ schema: ListGrantReviews }) query: ListGrantReviews) {
    return this.reviews.list(actor, query);
  }

  @Post('grant-reviews/:id/close')
  @HttpCode(200)
  @Allow('person')
  closeReview(
    @Person() actor: PersonActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: CloseGrantReview }) body: CloseGrantReview,
  ) {
    return this.reviews.close(actor, id, body.note);
  }
}
