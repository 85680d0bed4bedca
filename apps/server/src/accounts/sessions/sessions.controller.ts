import { Controller, Delete, Get, HttpCode, Param, Res } from '@nestjs/common';
import { Id } from '@paddock/contracts';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { clearCookie } from '../identity/cookies.js';
import { SessionsService } from './sessions.service.js';

@Controller('api/v1/sessions')
export class SessionsController {
  constructor(
    private readonly database: DataSource,
    private readonly sessions: SessionsService,
    private readonly runtime: Runtime,
  ) {}

  @Get()
  @Allow('person')
  list(@Person() actor: PersonActor) {
    return this.sessions.list(actor);
  }

  @Delete()
  @HttpCode(204)
  @Allow('person')
  async endAll(@Person() actor: PersonActor, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.database.transaction((tx) => this.sessions.endAll(tx, actor, null));
    clearCookie(reply, this.runtime.publicUrl, 'paddock-session');
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow('person')
  endOne(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.sessions.endOne(actor, id);
  }
}
