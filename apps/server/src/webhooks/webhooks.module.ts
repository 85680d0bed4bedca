import { Module } from '@nestjs/common';
import { WebhookDeliveries } from './webhook-deliveries.service.js';
import { WebhookMetrics } from './sending/webhook-metrics.js';
import { WebhookSecrets } from './sending/webhook-secrets.js';
import { WebhookSending } from './sending/webhook-sending.service.js';
import { WebhookWriting } from './webhook-writing.service.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksService } from './webhooks.service.js';

@Module({
  controllers: [WebhooksController],
  providers: [WebhooksService, WebhookDeliveries, WebhookWriting, WebhookSending, WebhookSecrets, WebhookMetrics],
})
export class WebhooksModule {}
