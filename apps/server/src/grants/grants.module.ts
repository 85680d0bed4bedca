import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LicensesModule } from '../licenses/licenses.module.js';
import { PrerequisitesModule } from '../prerequisites/prerequisites.module.js';
import { AcceptanceEvidence } from './acceptance/acceptance-evidence.js';
import { AcceptanceReading } from './acceptance/acceptance-reading.service.js';
import { AcceptanceController } from './acceptance/acceptance.controller.js';
import { AcceptancesService } from './acceptance/acceptances.service.js';
import { BindingsService } from './acceptance/bindings.service.js';
import { AcceptanceRecord, PresentationRecord } from './acceptance/presentation.entity.js';
import { PresentationsService } from './acceptance/presentations.service.js';
import { BlocklistController } from './blocklist/blocklist.controller.js';
import { BlocklistService } from './blocklist/blocklist.service.js';
import { GateService } from './gate.service.js';
import { GrantLetters } from './grant-letters.js';
import { GrantRecord } from './grant.entity.js';
import { GrantingService } from './granting.service.js';
import { GrantsController } from './grants.controller.js';
import { GrantsService } from './grants.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([GrantRecord, PresentationRecord, AcceptanceRecord]), LicensesModule, PrerequisitesModule],
  controllers: [GrantsController, AcceptanceController, BlocklistController],
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
  ],
  exports: [GrantsService, GrantingService, GateService],
})
export class GrantsModule {}
