import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GrantsModule } from '../grants/grants.module.js';
import { LicensesModule } from '../licenses/licenses.module.js';
import { AccessRequestRecord, DecisionRecord } from './access-request.entity.js';
import { AccessRequestsController } from './access-requests.controller.js';
import { AccessRequestsService } from './access-requests.service.js';
import { DecisionsService } from './decisions.service.js';
import { RequestAccess } from './request-access.js';
import { RequestEligibility } from './request-eligibility.js';
import { RequestLetters } from './request-letters.js';
import { RequestReading } from './request-reading.service.js';
import { TermsService } from './terms.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AccessRequestRecord, DecisionRecord]), LicensesModule, GrantsModule],
  controllers: [AccessRequestsController],
  providers: [AccessRequestsService, DecisionsService, RequestAccess, RequestEligibility, RequestLetters, RequestReading, TermsService],
  exports: [TermsService],
})
export class AccessRequestsModule {}
