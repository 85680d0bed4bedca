import { Module } from '@nestjs/common';
import { AUDIT_CONTROLLERS } from './audit.controllers.js';
import { DisclosuresController } from './disclosures/disclosures.controller.js';
import { Disclosures } from './disclosures/disclosures.service.js';
import { AuditExports } from './exports/audit-exports.service.js';
import { AuditCounts } from './lists/audit-counts.service.js';
import { AuditPages } from './lists/audit-pages.service.js';
import { SealedColumns } from './lists/sealed-columns.js';
import { OutboxController } from './outbox.controller.js';
import { OverviewController } from './overview/overview.controller.js';
import { OverviewService } from './overview/overview.service.js';
import { StandingMetrics } from './system/standing-metrics.js';
import { SystemController } from './system/system.controller.js';
import { SystemStandings } from './system/system-standings.service.js';
import { SavedViewsController } from './views/saved-views.controller.js';
import { SavedViews } from './views/saved-views.service.js';

@Module({
  controllers: [...AUDIT_CONTROLLERS, SavedViewsController, DisclosuresController, OutboxController, OverviewController, SystemController],
  providers: [
    AuditPages,
    AuditExports,
    AuditCounts,
    SealedColumns,
    Disclosures,
    SavedViews,
    OverviewService,
    SystemStandings,
    StandingMetrics,
  ],
})
export class AuditModule {}
