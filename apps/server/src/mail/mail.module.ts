import { Global, Module } from '@nestjs/common';
import { Digests } from './preferences/digests.service.js';
import { MailMetrics } from './sending/mail-metrics.js';
import { MailPreferencesController } from './preferences/mail-preferences.controller.js';
import { MailPreferencesService } from './preferences/mail-preferences.service.js';
import { MailSending } from './sending/mail-sending.service.js';
import { Mailbox } from './mailbox.js';
import { Outbox } from './outbox.service.js';

/** Global: every feature writes letters. */
@Global()
@Module({
  controllers: [MailPreferencesController],
  providers: [Mailbox, MailMetrics, MailSending, Digests, MailPreferencesService, Outbox],
  exports: [Mailbox, Outbox],
})
export class MailModule {}
