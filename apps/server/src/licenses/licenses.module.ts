import { Module } from '@nestjs/common';
import { AgreementsService } from './agreements.service.js';
import { LicenseAttribution } from './license-attribution.service.js';
import { LicenseComparison } from './license-comparison.service.js';
import { LicenseReading } from './license-reading.service.js';
import { LicensesController } from './licenses.controller.js';
import { LicensesService } from './licenses.service.js';

@Module({
  controllers: [LicensesController],
  providers: [LicensesService, LicenseReading, LicenseComparison, LicenseAttribution, AgreementsService],
  exports: [LicensesService, LicenseReading, AgreementsService],
})
export class LicensesModule {}
