import { Body, Controller, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ChangeEmail, EditProfile } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { ProfileService } from './profile.service.js';

@Controller('api/v1/me')
export class ProfileController {
  constructor(private readonly profile: ProfileService) {}

  @Get('profile')
  @Allow('person')
  find(@Person() actor: PersonActor) {
    return this.profile.find(actor);
  }

  @Patch('profile')
  @Allow('person')
  edit(@Person() actor: PersonActor, @Body({ schema: EditProfile }) body: EditProfile) {
    return this.profile.edit(actor, body);
  }

  @Post('email')
  @HttpCode(200)
  @Allow('person')
  async changeEmail(@Person() actor: PersonActor, @Body({ schema: ChangeEmail }) body: ChangeEmail) {
    await this.profile.askEmailChange(actor, body.email);
    return { state: 'mailed' };
  }
}
