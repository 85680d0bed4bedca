import { Body, Controller, HttpCode, Post, Delete, Param, Res } from '@nestjs/common';
import { ConfirmTotp, GiveSecondFactor, Id, PasskeySignIn, RegisterPasskey } from '@paddock/contracts';
import type { FastifyReply } from 'fastify';
import { Allow, Caller, Person, type Actor, type PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { answerSignedIn } from '../sessions/signed-in.js';
import { PasskeysService } from './passkeys.service.js';
import { SecondFactorSignIn } from './second-factor-sign-in.service.js';
import { SecondFactorsService } from './second-factors.service.js';
import { TotpService } from './totp.service.js';

@Controller('api/v1')
export class SecondFactorController {
  constructor(
    private readonly signIn: SecondFactorSignIn,
    private readonly factors: SecondFactorsService,
    private readonly totp: TotpService,
    private readonly passkeys: PasskeysService,
    private readonly runtime: Runtime,
  ) {}

  @Post('session/second-factor')
  @Allow('anyone')
  async give(
    @Caller() actor: Actor,
    @Body({ schema: GiveSecondFactor }) body: GiveSecondFactor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return answerSignedIn(reply, this.runtime.publicUrl, await this.signIn.give(actor, body));
  }

  @Post('session/second-factor/passkey-options')
  @Allow('anyone')
  options(@Caller() actor: Actor) {
    return this.signIn.passkeyOptions(actor);
  }

  @Post('session/passkey/options')
  @Allow('anyone')
  signInOptions(@Caller() actor: Actor) {
    return this.signIn.signInOptions(actor);
  }

  @Post('session/passkey')
  @Allow('anyone')
  async byPasskey(
    @Caller() actor: Actor,
    @Body({ schema: PasskeySignIn }) body: PasskeySignIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return answerSignedIn(reply, this.runtime.publicUrl, await this.signIn.signInByPasskey(actor, body.response));
  }

  @Post('me/second-factors/totp')
  @Allow('person')
  beginTotp(@Person() actor: PersonActor) {
    return this.totp.begin(actor);
  }

  @Post('me/second-factors/totp/confirm')
  @Allow('person')
  confirmTotp(@Person() actor: PersonActor, @Body({ schema: ConfirmTotp }) body: ConfirmTotp) {
    return this.factors.confirmTotp(actor, body.code);
  }

  @Post('me/second-factors/passkeys/options')
  @Allow('person')
  registrationOptions(@Person() actor: PersonActor) {
    return this.passkeys.registrationOptions(actor);
  }

  @Post('me/second-factors/passkeys')
  @Allow('person')
  addPasskey(@Person() actor: PersonActor, @Body({ schema: RegisterPasskey }) body: RegisterPasskey) {
    return this.factors.addPasskey(actor, body);
  }

  @Delete('me/second-factors/:id')
  @HttpCode(204)
  @Allow('person')
  remove(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.factors.remove(actor, id);
  }

  @Post('me/recovery-codes')
  @Allow('person')
  async remakeRecoveryCodes(@Person() actor: PersonActor) {
    return { state: 'made', recoveryCodes: await this.factors.remakeRecoveryCodes(actor) };
  }
}
