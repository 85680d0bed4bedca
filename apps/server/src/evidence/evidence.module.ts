import { Module } from '@nestjs/common';
import { CertificateLetters } from './certificate/certificate-letters.js';
import { CertificateService } from './certificate/certificate.service.js';
import { EvidenceController } from './evidence.controller.js';
import { EvidenceRows } from './evidence-rows.js';
import { EvidenceService } from './evidence.service.js';

@Module({
  controllers: [EvidenceController],
  providers: [EvidenceRows, EvidenceService, CertificateService, CertificateLetters],
  exports: [EvidenceService, CertificateService],
})
export class EvidenceModule {}
