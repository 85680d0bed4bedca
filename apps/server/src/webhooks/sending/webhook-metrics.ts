import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Runtime } from '../../http/runtime.js';

@Injectable()
export class WebhookMetrics {
  readonly attempts: Counter<'outcome'>;

  constructor({ metrics }: Runtime) {
    this.attempts = new Counter({
      name: 'paddock_webhook_attempts_total',
      help: 'Attempts of this process to deliver a webhook.',
      labelNames: ['outcome'],
      registers: [metrics.registry],
    });
  }
}
