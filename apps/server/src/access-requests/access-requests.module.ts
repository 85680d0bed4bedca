import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GrantsModule } from '../grants/grants.module.js';
import { LicensesModule } from '../licenses/licenses.module.js';
import { PrerequisitesModule } from '../prerequisites/prerequisites.module.js';
import { AccessRequestRecord, DecisionRecord } from './request/access-request.entity.js';
import { AccessRequestsController } from './request/access-requests.controller.js';
import { AccessRequestsService } from './request/access-requests.service.js';
import { BulkDecisions } from './review/bulk-decisions.service.js';
import { DecisionsService } from './review/decisions.service.js';
import { RequestAccess } from './request/request-access.js';
import { RequestDrafts } from './request/request-drafts.service.js';
import { RequestEligibility } from './eligibility/request-eligibility.js';
import { RequestLetters } from './request/request-letters.js';
import { RequestPrerequisites } from './eligibility/request-prerequisites.js';
import { RequestReading } from './request/request-reading.service.js';
import { ReasonTemplates } from './review/reason-templates.service.js';
import { ReviewController } from './review/review.controller.js';
import { ReviewerLetters } from './review/reviewer-letters.js';
import { ReviewNotes } from './review/review-notes.js';
import { ReviewQueue } from './review/review-queue.service.js';
import { ReviewService } from './review/review.service.js';
import { Arrivals } from './rules/arrivals.service.js';
import { DryRunService } from './rules/dry-run.service.js';
import { RulesController } from './rules/rules.controller.js';
import { RulesService } from './rules/rules.service.js';
import { FormsService } from './terms/forms.service.js';
import { TermsController } from './terms/terms.controller.js';
import { TermsService } from './terms/terms.service.js';
import { DeletionAsking } from './upkeep/deletion-asking.service.js';
import { DeletionStatements } from './upkeep/deletion-statements.service.js';
import { GrantReviews } from './upkeep/grant-reviews.service.js';
import { LicenseChanges } from './upkeep/license-changes.service.js';
import { RemindersService } from './upkeep/reminders.service.js';
import { UpkeepController } from './upkeep/upkeep.controller.js';
import { WaitingController } from './request/waiting.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature([AccessRequestRecord, DecisionRecord]), LicensesModule, PrerequisitesModule, GrantsModule],
  controllers: [WaitingController, AccessRequestsController, ReviewController, RulesController, TermsController, UpkeepController],
  providers: [
    AccessRequestsService,
    Arrivals,
    DryRunService,
    RulesService,
    BulkDecisions,
    DecisionsService,
    FormsService,
    ReasonTemplates,
    RequestAccess,
    RequestDrafts,
    RequestEligibility,
    RequestLetters,
    RequestPrerequisites,
    RequestReading,
    ReviewNotes,
    ReviewQueue,
    ReviewerLetters,
    DeletionAsking,
    DeletionStatements,
    GrantReviews,
    LicenseChanges,
    RemindersService,
    ReviewService,
    TermsService,
  ],
  exports: [FormsService, TermsService],
})
export class AccessRequestsModule {}
