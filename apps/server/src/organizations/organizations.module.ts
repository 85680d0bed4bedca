import { Module } from '@nestjs/common';
import { DomainsService } from './domains.service.js';
import { InvitationReading } from './invitations/invitation-reading.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { InvitationsService } from './invitations/invitations.service.js';
import { RedemptionService } from './invitations/redemption.service.js';
import { MembersController } from './members/members.controller.js';
import { MembersService } from './members/members.service.js';
import { OrganizationAccess } from './organization-access.js';
import { OrganizationLetters } from './organization-letters.js';
import { OrganizationReading } from './organization-reading.service.js';
import { OrganizationsController } from './organizations.controller.js';
import { OrganizationsService } from './organizations.service.js';
import { SeatsController } from './seats/seats.controller.js';
import { SeatsService } from './seats/seats.service.js';

@Module({
  controllers: [OrganizationsController, InvitationsController, MembersController, SeatsController],
  providers: [
    OrganizationAccess,
    OrganizationsService,
    OrganizationReading,
    OrganizationLetters,
    InvitationsService,
    InvitationReading,
    RedemptionService,
    MembersService,
    SeatsService,
    DomainsService,
  ],
  exports: [OrganizationAccess, MembersService],
})
export class OrganizationsModule {}
