import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { Id, RotatePasskey } from '@paddock/contracts';
import { Allow, Holder, type HolderActor } from '../../http/actor.js';
import { PasskeysService } from './passkeys.service.js';

@Controller('api/v1/grants/:id/passkeys')
export class PasskeysController {
  constructor(private readonly passkeys: PasskeysService) {}

  @Post('rotate')
  @HttpCode(200)
  @Allow('download')
  async rotate(
    @Holder() actor: HolderActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: RotatePasskey }) body: RotatePasskey,
  ) {
    const until = await this.passkeys.rotate(actor, id, body);
    return { state: 'rotated', release: body.release, previousUntil: until.toISOString() };
  }
}
