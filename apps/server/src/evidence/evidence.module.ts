import { Module } from '@nestjs/common';
import { EvidenceController } from './evidence.controller.js';
import { EvidenceRows } from './evidence-rows.js';
import { EvidenceService } from './evidence.service.js';

@Module({ controllers: [EvidenceController], providers: [EvidenceRows, EvidenceService], exports: [EvidenceService] })
export class EvidenceModule {}
