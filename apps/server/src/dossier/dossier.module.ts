import { Module } from '@nestjs/common';
import { EvidenceModule } from '../evidence/evidence.module.js';
import { DossierController } from './dossier.controller.js';
import { DossierScopes } from './dossier-scope.js';
import { DossierService } from './dossier.service.js';
import { LicenseeFiles } from './licensee-files.js';

@Module({ imports: [EvidenceModule], controllers: [DossierController], providers: [DossierScopes, DossierService, LicenseeFiles] })
export class DossierModule {}
