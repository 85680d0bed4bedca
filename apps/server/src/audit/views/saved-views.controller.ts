import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Id, SaveView } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { SavedViews } from './saved-views.service.js';

@Controller('api/v1/audit/saved-views')
export class SavedViewsController {
  constructor(private readonly views: SavedViews) {}

  @Get()
  @Allow('person')
  list(@Person() actor: PersonActor) {
    return this.views.list(actor);
  }

  @Post()
  @Allow('person')
  save(@Person() actor: PersonActor, @Body({ schema: SaveView }) body: SaveView) {
    return this.views.save(actor, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow('person')
  remove(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.views.remove(actor, id);
  }
}
