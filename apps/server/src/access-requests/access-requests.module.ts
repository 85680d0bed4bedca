import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GrantsModule } from '../grants/grants.module.js';
import { LicensesModule } from '../licenses/licenses.module.js';
import { AccessRequestRecord, DecisionRecord } from './request/access-request.entity.js';
import { AccessRequestsController } from './request/access-requests.controller.js';
import { AccessRequestsService } from './request/access-requests.service.js';
import { DecisionsService } from './review/decisions.service.js';
import { RequestAccess } from './request/request-access.js';
import { RequestEligibility } from './request/request-eligibility.js';
import { RequestLetters } from './request/request-letters.js';
import { RequestReading } from './request/request-reading.service.js';
import { FormsService } from './terms/forms.service.js';
import { TermsController } from './terms/terms.controller.js';
import { TermsService } from './terms/terms.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AccessRequestRecord, DecisionRecord]), LicensesModule, GrantsModule],
  controllers: [AccessRequestsController, TermsController],
  providers: [
    AccessRequestsService,
    DecisionsService,
    FormsService,
    RequestAccess,
    RequestEligibility,
    RequestLetters,
    RequestReading,
    TermsService,
  ],
  exports: [FormsService, TermsService],
})
export class AccessRequestsModule {}
