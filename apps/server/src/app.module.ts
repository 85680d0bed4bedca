import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessRequestsModule } from './access-requests/access-requests.module.js';
import { AccountsModule } from './accounts/accounts.module.js';
import { AuditModule } from './audit/audit.module.js';
import { CatalogModule } from './catalog/catalog.module.js';
import { serverOptions } from './database/connection.js';
import { DeliveryModule } from './delivery/delivery.module.js';
import { DemoModule } from './demo/demo.module.js';
import { DossierModule } from './dossier/dossier.module.js';
import { EvidenceModule } from './evidence/evidence.module.js';
import { GrantsModule } from './grants/grants.module.js';
import { HealthController } from './http/health.controller.js';
import { Idempotency } from './http/idempotency.js';
import { Impairments } from './http/impairments.js';
import { ProblemFilter } from './http/problem-filter.js';
import { RequestRates } from './http/rates/request-rates.js';
import { Runtime } from './http/runtime.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { PrerequisitesModule } from './prerequisites/prerequisites.module.js';
import { Sweeps } from './jobs/sweeps.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { LicensesModule } from './licenses/licenses.module.js';
import { OrganizationsModule } from './organizations/organizations.module.js';
import { MailModule } from './mail/mail.module.js';
import { PagesModule } from './pages/pages.module.js';
import { PoliciesModule } from './policies/policies.module.js';
import { RegistryModule } from './registry/registry.module.js';
import { RotationModule } from './rotation/rotation.module.js';
import { SeederModule } from './seeder/seeder.module.js';
import { TrackerModule } from './tracker/tracker.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** The ground floor, then the features in the order in which they may know one another. */
@Module({})
export class AppModule {
  static with(runtime: Runtime, databaseUrl: string): DynamicModule {
    return {
      module: AppModule,
      global: true,
      imports: [
        TypeOrmModule.forRoot({ ...serverOptions(databaseUrl, runtime.config.PADDOCK_DATABASE_POOL), autoLoadEntities: true }),
        MailModule,
        LedgerModule,
        AccountsModule,
        OrganizationsModule,
        PoliciesModule,
        CatalogModule,
        LicensesModule,
        PrerequisitesModule,
        GrantsModule,
        AccessRequestsModule,
        WebhooksModule,
        DeliveryModule,
        TrackerModule,
        SeederModule,
        RegistryModule,
        EvidenceModule,
        PrivacyModule,
        DossierModule,
        AuditModule,
        RotationModule,
        PagesModule,
        DemoModule,
      ],
      controllers: [HealthController],
      providers: [
        { provide: Runtime, useValue: runtime },
        Sweeps,
        Impairments,
        { provide: APP_FILTER, useValue: new ProblemFilter(() => runtime.publicUrl) },
        RequestRates,
        { provide: APP_INTERCEPTOR, useExisting: RequestRates },
        { provide: APP_INTERCEPTOR, useClass: Idempotency },
      ],
      exports: [Runtime, Sweeps, Impairments],
    };
  }
}
