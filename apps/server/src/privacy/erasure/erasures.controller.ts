import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { Erase, ListErasures } from '@paddock/contracts';
import type { FastifyReply } from 'fastify';
import { clearCookie } from '../../accounts/identity/cookies.js';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { ErasureStandings } from './erasure-standing.service.js';
import { ErasuresService } from './erasures.service.js';

@Controller('api/v1')
export class ErasuresController {
  constructor(
    private readonly erasures: ErasuresService,
    private readonly standings: ErasureStandings,
    private readonly runtime: Runtime,
  ) {}

  @Get('me/erasure')
  @Allow('person')
  standing(@Person() actor: PersonActor) {
    return this.standings.of(actor.account);
  }

  @Post('me/erase')
  @HttpCode(200)
  @Allow('person')
  async erase(@Person() actor: PersonActor, @Body({ schema: Erase }) body: Erase, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.erasures.request(actor, body);
    clearCookie(reply, this.runtime.publicUrl, 'paddock-session');
    return this.standings.of(actor.account);
  }

  @Get('erasures')
  @Allow('audit')
  list(@Person() actor: PersonActor, @Query({ schema: ListErasures }) query: ListErasures) {
    return this.standings.list(actor, query);
  }
}
