import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { GrantsModule } from '../grants/grants.module.js';
import { LicensesModule } from '../licenses/licenses.module.js';
import { PoliciesModule } from '../policies/policies.module.js';
import { AcceptancePageController } from './acceptance/acceptance-page.controller.js';
import { AssetsController } from './assets.controller.js';
import { LegalTexts } from './legal/legal-texts.service.js';
import { PagesController } from './pages.controller.js';
import { PolicyPagesController } from './policies/policy-pages.controller.js';
import { RequestPagesController } from './requests/request-pages.controller.js';
import { StaffPagesController } from './staff/staff-pages.controller.js';

@Module({
  imports: [CatalogModule, LicensesModule, PoliciesModule, GrantsModule],
  controllers: [
    PagesController,
    AcceptancePageController,
    PolicyPagesController,
    RequestPagesController,
    StaffPagesController,
    AssetsController,
  ],
  providers: [LegalTexts],
})
export class PagesModule {}
