import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LicensesModule } from '../licenses/licenses.module.js';
import { PoliciesModule } from '../policies/policies.module.js';
import { PrerequisitesModule } from '../prerequisites/prerequisites.module.js';
import { AcceptanceEvidence } from './acceptance/acceptance-evidence.js';
import { AcceptanceReading } from './acceptance/acceptance-reading.service.js';
import { AcceptanceController } from './acceptance/acceptance.controller.js';
import { AcceptancesService } from './acceptance/acceptances.service.js';
import { Declarations } from './acceptance/declaration.service.js';
import { Observations } from './acceptance/observations.service.js';
import { PageProofs } from './acceptance/page-proofs.js';
import { PreviousAcceptance } from './acceptance/previous-acceptance.js';
import { TextAnnouncements } from './reacceptance/text-announcements.js';
import { AcceptedTexts } from './reacceptance/accepted-texts.service.js';
import { Consequences } from './reacceptance/consequences.service.js';
import { ConsequencesController } from './reacceptance/consequences.controller.js';
import { BindingsService } from './acceptance/bindings.service.js';
import { AcceptanceRecord, PresentationRecord } from './acceptance/presentation.entity.js';
import { PresentationsService } from './acceptance/presentations.service.js';
import { AcceptedTextsController } from './reacceptance/accepted-texts.controller.js';
import { BlocklistController } from './blocklist/blocklist.controller.js';
import { BlocklistService } from './blocklist/blocklist.service.js';
import { GateService } from './gate.service.js';
import { GrantLetters } from './grant-letters.js';
import { GrantRecord } from './grant.entity.js';
import { GrantingService } from './granting.service.js';
import { GrantsController } from './grants.controller.js';
import { GrantsService } from './grants.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([GrantRecord, PresentationRecord, AcceptanceRecord]),
    LicensesModule,
    PoliciesModule,
    PrerequisitesModule,
  ],
  controllers: [GrantsController, AcceptanceController, AcceptedTextsController, ConsequencesController, BlocklistController],
  providers: [
    GrantLetters,
    GrantsService,
    GrantingService,
    GateService,
    BlocklistService,
    PresentationsService,
    AcceptancesService,
    BindingsService,
    AcceptanceEvidence,
    AcceptanceReading,
    Observations,
    Declarations,
    PageProofs,
    PreviousAcceptance,
    TextAnnouncements,
    AcceptedTexts,
    Consequences,
  ],
  exports: [GrantsService, GrantingService, GateService, PageProofs, AcceptedTexts],
})
export class GrantsModule {}
