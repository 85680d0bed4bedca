import { Module } from '@nestjs/common';
import { AccessRequestsModule } from '../access-requests/access-requests.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { LicensesModule } from '../licenses/licenses.module.js';
import { PoliciesModule } from '../policies/policies.module.js';
import { DemoLicenses } from './demo-licenses.js';
import { DemoService } from './demo.service.js';

@Module({ imports: [PoliciesModule, CatalogModule, LicensesModule, AccessRequestsModule], providers: [DemoLicenses, DemoService] })
export class DemoModule {}
