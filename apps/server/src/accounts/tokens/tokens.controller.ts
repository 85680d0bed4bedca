import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CreateToken, Id } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { TokensService } from './tokens.service.js';

@Controller('api/v1/tokens')
export class TokensController {
  constructor(private readonly tokens: TokensService) {}

  @Post()
  @Allow('person')
  create(@Person() actor: PersonActor, @Body({ schema: CreateToken }) body: CreateToken) {
    return this.tokens.create(actor, body);
  }

  @Get()
  @Allow('person')
  list(@Person() actor: PersonActor) {
    return this.tokens.list(actor);
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow('person')
  revoke(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.tokens.revoke(actor, id);
  }
}
