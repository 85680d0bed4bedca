import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { EntityManager } from 'typeorm';
import { openColumn, sealColumn } from '../../http/keys.js';
import { Runtime } from '../../http/runtime.js';

export interface SealedSecrets {
  id: string;
  secret: Buffer;
  previous_secret: Buffer | null;
  previous_until: Date | null;
}

/** Secrets of endpoints: shown once, sealed at rest, opened to sign. */
@Injectable()
export class WebhookSecrets {
  constructor(private readonly runtime: Runtime) {}

  /** A new secret for an endpoint (Standard Webhooks: 192 bits in base64 behind `whsec_`), and the same sealed. */
  async make(tx: EntityManager, endpoint: string): Promise<{ secret: string; sealed: Buffer; n: number }> {
    const secret = `whsec_${randomBytes(24).toString('base64')}`;
    const { n, key } = await this.runtime.keys.toSeal(tx, 'webhook-secrets');
    return { secret, sealed: sealColumn(key, Buffer.from(secret), endpoint), n };
  }

  /** The headers of an attempt. While a secret is being replaced the old one signs too, behind the new one. */
  async headers(endpoint: SealedSecrets, message: string, payload: string): Promise<Record<string, string>> {
    const at = this.runtime.now();
    const overlaps = endpoint.previous_secret !== null && endpoint.previous_until !== null && endpoint.previous_until > at;
    const sealed = overlaps ? [endpoint.secret, endpoint.previous_secret!] : [endpoint.secret];
    const secrets = await Promise.all(
      sealed.map((one) => this.runtime.keys.opened('webhook-secrets', (key) => openColumn(key, one, endpoint.id).toString())),
    );
    const signatures = secrets.map((secret) => new Webhook(secret).sign(message, at, payload));
    return {
      'webhook-id': message,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    };
  }
}
