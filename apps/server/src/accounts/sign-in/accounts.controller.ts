import { Body, Controller, Delete, HttpCode, Post, Req, Res } from '@nestjs/common';
import { CreateAccount, EmailVerification, FirstAdministrator, PasswordReset, SignIn } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, Caller, type Actor, type PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { clearCookie, readCookie } from '../identity/cookies.js';
import { ProfileService } from '../profile/profile.service.js';
import { FirstAdministratorService } from '../roles/first-administrator.service.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { answerSignedIn } from '../sessions/signed-in.js';
import { AccountsService } from './accounts.service.js';
import { SignInService } from './sign-in.service.js';

@Controller('api/v1')
export class AccountsController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly profile: ProfileService,
    private readonly signIns: SignInService,
    private readonly sessions: SessionsService,
    private readonly first: FirstAdministratorService,
    private readonly runtime: Runtime,
  ) {}

  @Post('accounts')
  @Allow('anyone')
  create(@Caller() actor: Actor, @Body({ schema: CreateAccount }) body: CreateAccount) {
    return this.accounts.create(actor, body);
  }

  @Post('session')
  @Allow('anyone')
  async signIn(@Caller() actor: Actor, @Body({ schema: SignIn }) body: SignIn, @Res({ passthrough: true }) reply: FastifyReply) {
    return answerSignedIn(reply, this.runtime.publicUrl, await this.signIns.signIn(actor, body));
  }

  @Delete('session')
  @HttpCode(204)
  @Allow('anyone')
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const secret = readCookie(request, this.runtime.publicUrl, 'paddock-session');
    if (secret) await this.sessions.signOut(secret);
    clearCookie(reply, this.runtime.publicUrl, 'paddock-session');
  }

  @Post('password-reset')
  @HttpCode(200)
  @Allow('anyone')
  async resetPassword(@Caller() actor: Actor, @Body({ schema: PasswordReset }) body: PasswordReset) {
    if ('email' in body) {
      await this.accounts.mailReset(actor, body.email);
      return { state: 'mailed' };
    }
    await this.accounts.resetPassword(actor, body.token, body.password);
    return { state: 'reset' };
  }

  @Post('email-verification')
  @HttpCode(200)
  @Allow('anyone')
  async verifyEmail(@Caller() actor: Actor, @Body({ schema: EmailVerification }) body: EmailVerification) {
    if ('token' in body) {
      await this.profile.confirmEmail(actor, body.token);
      return { state: 'verified' };
    }
    if (actor.account === null || actor.via !== 'session') throw new Refusal('session-required', 'Sign in to have the mail sent again.');
    await this.accounts.resendVerification(actor as PersonActor);
    return { state: 'mailed' };
  }

  @Post('first-administrator')
  @Allow('anyone')
  async setUp(@Caller() actor: Actor, @Body({ schema: FirstAdministrator }) body: FirstAdministrator) {
    await this.first.redeem(actor, body);
    return { email: body.email, state: 'administrator' };
  }
}
