import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { BeginOidc, CompleteSignUp, Name, OidcCallback } from '@paddock/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, Caller, type Actor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { clearCookie, readCookie, setCookie } from '../identity/cookies.js';
import { answerSignedIn } from '../sessions/signed-in.js';
import { IdentitiesService } from './identities.service.js';
import { OidcAttempts } from './oidc-attempts.js';
import { OidcProviders } from './oidc-providers.service.js';
import { OidcSignIn, type OidcOutcome } from './oidc-sign-in.service.js';
import { OidcStart } from './oidc-start.service.js';

@Controller('api/v1/sign-in')
export class OidcController {
  constructor(
    private readonly providers: OidcProviders,
    private readonly start: OidcStart,
    private readonly attempts: OidcAttempts,
    private readonly signIn: OidcSignIn,
    private readonly identities: IdentitiesService,
    private readonly runtime: Runtime,
  ) {}

  @Get('providers')
  @Allow('anyone')
  list() {
    return { items: this.providers.list().map(({ id, title, kind }) => ({ id, title, kind })), nextCursor: null };
  }

  @Post('oidc/:provider')
  @Allow('anyone')
  begin(
    @Caller() actor: Actor,
    @Param('provider', { schema: Name }) provider: string,
    @Body({ schema: BeginOidc }) body: BeginOidc,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.start.begin(actor, provider, { account: null, returnTo: body.returnTo }, reply);
  }

  @Post('oidc/:provider/callback')
  @Allow('anyone')
  async callback(
    @Caller() actor: Actor,
    @Param('provider', { schema: Name }) provider: string,
    @Body({ schema: OidcCallback }) { query }: OidcCallback,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const browser = readCookie(request, this.runtime.publicUrl, 'paddock-sign-in');
    const { checks, account, returnTo } = await this.attempts.end(provider, query, browser);
    clearCookie(reply, this.runtime.publicUrl, 'paddock-sign-in');
    const identity = await this.providers.exchange(provider, query, checks);
    if (account === null) return { ...this.answer(reply, await this.signIn.signIn(actor, identity)), ...(returnTo && { returnTo }) };
    await this.identities.linkFromSession(actor, account, identity);
    return { state: 'linked', provider, ...(returnTo && { returnTo }) };
  }

  @Post('identity')
  @Allow('anyone')
  async completeSignUp(
    @Caller() actor: Actor,
    @Body({ schema: CompleteSignUp }) body: CompleteSignUp,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const ticket = readCookie(request, this.runtime.publicUrl, 'paddock-identity');
    return this.answer(reply, await this.signIn.completeSignUp(actor, ticket, body));
  }

  /** Secrets go into cookies, the rest to the client. */
  private answer(reply: FastifyReply, outcome: OidcOutcome) {
    const { publicUrl } = this.runtime;
    const { provider } = outcome;
    if (outcome.state === 'opened') return { provider, ...answerSignedIn(reply, publicUrl, outcome.session) };
    const { ticket, expiresAt } = outcome.ticket;
    setCookie(reply, publicUrl, 'paddock-identity', ticket, expiresAt);
    return { provider, state: outcome.state, expiresAt: expiresAt.toISOString() };
  }
}
