import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { LicensesModule } from '../licenses/licenses.module.js';
import { PoliciesModule } from '../policies/policies.module.js';
import { PagesController } from './pages.controller.js';
import { PolicyPagesController } from './policies/policy-pages.controller.js';

@Module({
  imports: [CatalogModule, LicensesModule, PoliciesModule],
  controllers: [PagesController, PolicyPagesController],
})
export class PagesModule {}
