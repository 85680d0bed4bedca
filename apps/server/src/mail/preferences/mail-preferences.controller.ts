import { Body, Controller, Get, Put } from '@nestjs/common';
import { MailPreferences } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { MailPreferencesService } from './mail-preferences.service.js';

@Controller('api/v1/me/mail-preferences')
export class MailPreferencesController {
  constructor(private readonly preferences: MailPreferencesService) {}

  @Get()
  @Allow('person')
  find(@Person() actor: PersonActor) {
    return this.preferences.find(actor.account);
  }

  @Put()
  @Allow('person')
  async put(@Person() actor: PersonActor, @Body({ schema: MailPreferences }) body: MailPreferences) {
    await this.preferences.put(actor.account, body);
    return body;
  }
}
