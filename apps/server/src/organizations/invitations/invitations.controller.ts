import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { AcceptInvitation, CreateInvitation, Id } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { InvitationsService } from './invitations.service.js';
import { RedemptionService } from './redemption.service.js';

@Controller('api/v1')
export class InvitationsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly redemption: RedemptionService,
  ) {}

  @Post('organizations/:id/invitations')
  @Allow('person')
  invite(
    @Person() actor: PersonActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: CreateInvitation }) body: CreateInvitation,
  ) {
    return this.invitations.invite(actor, id, body);
  }

  @Get('organizations/:id/invitations')
  @Allow('read')
  list(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.invitations.list(actor, id);
  }

  @Post('organizations/:id/invitations/:invitation/withdraw')
  @HttpCode(200)
  @Allow('person')
  withdraw(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string, @Param('invitation', { schema: Id }) invitation: string) {
    return this.invitations.withdraw(actor, id, invitation);
  }

  @Post('invitations/accept')
  @HttpCode(200)
  @Allow('person')
  accept(@Person() actor: PersonActor, @Body({ schema: AcceptInvitation }) body: AcceptInvitation) {
    return this.redemption.accept(actor, body.token);
  }
}
