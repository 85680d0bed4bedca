import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { PortalKeyName, RotateKey } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { refuseUnlessSignedInRecently } from '../accounts/sessions/recent-sign-in.js';
import { Allow, Person, refuseWithoutRole, type PersonActor } from '../http/actor.js';
import { ProgramRefusal } from '../program.js';
import { KeyRotation } from './key-rotation.service.js';

/** For administrators alone, who have just signed in. */
@Controller('api/v1/system/keys')
export class KeysController {
  constructor(private readonly rotation: KeyRotation) {}

  @Get()
  @Allow('person')
  list(@Person() actor: PersonActor) {
    refuseWithoutRole(actor, 'admin');
    return this.rotation.standings();
  }

  @Post(':name/rotate')
  @HttpCode(200)
  @Allow('person')
  async rotate(
    @Person() actor: PersonActor,
    @Param('name', { schema: PortalKeyName }) name: PortalKeyName,
    @Body({ schema: RotateKey }) { immediately }: RotateKey,
  ) {
    refuseWithoutRole(actor, 'admin');
    try {
      return await this.rotation.rotate(actor, name, immediately, (tx) => refuseUnlessSignedInRecently(tx, actor));
    } catch (error) {
      if (error instanceof ProgramRefusal) throw new Refusal('key-not-rotated', `${error.detail}. ${error.remedy}`);
      throw error;
    }
  }
}
