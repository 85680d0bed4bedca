import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { AuditService } from './audit.service.js';
import { OutboxController } from './outbox.controller.js';

@Module({ controllers: [AuditController, OutboxController], providers: [AuditService] })
export class AuditModule {}
