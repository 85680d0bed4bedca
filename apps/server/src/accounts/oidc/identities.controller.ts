import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { BeginOidc, Name } from '@paddock/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { clearCookie, readCookie } from '../identity/cookies.js';
import { refuseUnlessSignedInRecently } from '../sessions/recent-sign-in.js';
import { IdentitiesService } from './identities.service.js';
import { OidcStart } from './oidc-start.service.js';

@Controller('api/v1/me/identities')
export class IdentitiesController {
  constructor(
    private readonly database: DataSource,
    private readonly identities: IdentitiesService,
    private readonly start: OidcStart,
    private readonly runtime: Runtime,
  ) {}

  @Get()
  @Allow('person')
  list(@Person() actor: PersonActor) {
    return this.identities.list(actor);
  }

  @Post()
  @Allow('person')
  async confirm(@Person() actor: PersonActor, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.identities.confirm(actor, readCookie(request, this.runtime.publicUrl, 'paddock-identity'));
    clearCookie(reply, this.runtime.publicUrl, 'paddock-identity');
    return { state: 'linked' };
  }

  @Post(':provider')
  @Allow('person')
  async begin(
    @Person() actor: PersonActor,
    @Param('provider', { schema: Name }) provider: string,
    @Body({ schema: BeginOidc }) body: BeginOidc,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.database.transaction((tx) => refuseUnlessSignedInRecently(tx, actor));
    return this.start.begin(actor, provider, { account: actor.account, returnTo: body.returnTo }, reply);
  }

  @Delete(':provider')
  @HttpCode(204)
  @Allow('person')
  unlink(@Person() actor: PersonActor, @Param('provider', { schema: Name }) provider: string) {
    return this.identities.unlink(actor, provider);
  }
}
