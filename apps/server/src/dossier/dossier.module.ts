import { Module } from '@nestjs/common';
import { EvidenceModule } from '../evidence/evidence.module.js';
import { DossierController } from './dossier.controller.js';
import { DossierScopes } from './dossier-scope.js';
import { DossierReading } from './dossier-reading.service.js';
import { DossierService } from './dossier.service.js';
import { LicenseeFiles } from './licensee-files.js';

@Module({
  imports: [EvidenceModule],
  controllers: [DossierController],
  providers: [DossierScopes, DossierService, DossierReading, LicenseeFiles],
})
export class DossierModule {}
