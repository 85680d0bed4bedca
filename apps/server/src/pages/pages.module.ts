import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { GrantsModule } from '../grants/grants.module.js';
import { LicensesModule } from '../licenses/licenses.module.js';
import { PoliciesModule } from '../policies/policies.module.js';
import { PagesController } from './pages.controller.js';
import { PolicyPagesController } from './policies/policy-pages.controller.js';
import { WebApp } from './web-app.js';

@Module({
  imports: [CatalogModule, GrantsModule, LicensesModule, PoliciesModule],
  providers: [WebApp],
  controllers: [PagesController, PolicyPagesController],
})
export class PagesModule {}
