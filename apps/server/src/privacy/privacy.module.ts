import { Module } from '@nestjs/common';
import { OrganizationsModule } from '../organizations/organizations.module.js';
import { Departures } from './erasure/ending/departures.service.js';
import { Endings } from './erasure/ending/endings.service.js';
import { GrantEndings } from './erasure/ending/grant-endings.service.js';
import { ErasureLetters } from './erasure/erasure-letters.js';
import { ErasureList } from './erasure/erasure-list.js';
import { ErasureStandings } from './erasure/erasure-standing.service.js';
import { ErasureSteps } from './erasure/erasure-steps.js';
import { ErasureSweep } from './erasure/erasure-sweep.js';
import { ErasuresController } from './erasure/erasures.controller.js';
import { ErasuresService } from './erasure/erasures.service.js';
import { ExportController } from './export/export.controller.js';
import { PersonalExport } from './export/personal-export.service.js';
import { HoldsController } from './holds/holds.controller.js';
import { HoldsService } from './holds/holds.service.js';
import { RetentionController } from './retention/retention.controller.js';
import { RetentionRules } from './retention/retention-rules.service.js';
import { RetentionService } from './retention/retention.service.js';

@Module({
  imports: [OrganizationsModule],
  controllers: [ErasuresController, ExportController, HoldsController, RetentionController],
  providers: [
    Departures,
    Endings,
    GrantEndings,
    ErasureLetters,
    ErasureList,
    ErasureStandings,
    ErasureSteps,
    ErasureSweep,
    ErasuresService,
    PersonalExport,
    HoldsService,
    RetentionRules,
    RetentionService,
  ],
})
export class PrivacyModule {}
