import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ChangeMemberRole, EndMember, Id } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { MembersService } from './members.service.js';

@Controller('api/v1/organizations/:id/members/:member')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Post('end')
  @HttpCode(200)
  @Allow('person')
  end(
    @Person() actor: PersonActor,
    @Param('id', { schema: Id }) id: string,
    @Param('member', { schema: Id }) member: string,
    @Body({ schema: EndMember.optional() }) body?: EndMember,
  ) {
    return this.members.end(actor, id, member, body ?? {});
  }

  @Post('role')
  @HttpCode(200)
  @Allow('person')
  role(
    @Person() actor: PersonActor,
    @Param('id', { schema: Id }) id: string,
    @Param('member', { schema: Id }) member: string,
    @Body({ schema: ChangeMemberRole }) body: ChangeMemberRole,
  ) {
    return this.members.changeRole(actor, id, member, body);
  }
}
