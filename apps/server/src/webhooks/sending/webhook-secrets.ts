import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { seal, unseal } from '../../http/keys.js';
import { Runtime } from '../../http/runtime.js';

const NONCE_BYTES = 12;

export interface SealedSecrets {
  id: string;
  secret: Buffer;
  previous_secret: Buffer | null;
  previous_until: Date | null;
}

/** Secrets of endpoints: shown once, sealed at rest, opened to sign. */
@Injectable()
export class WebhookSecrets {
  private readonly key: Buffer;

  constructor(private readonly runtime: Runtime) {
    this.key = runtime.keys.derive('webhook-secrets');
  }

  /** A new secret for an endpoint (Standard Webhooks: 192 bits in base64 behind `whsec_`), and the same sealed. */
  make(endpoint: string): { secret: string; sealed: Buffer } {
    const secret = `whsec_${randomBytes(24).toString('base64')}`;
    const { nonce, ciphertext } = seal(this.key, Buffer.from(secret), endpoint);
    return { secret, sealed: Buffer.concat([nonce, ciphertext]) };
  }

  /** The headers of an attempt. While a secret is being replaced the old one signs too, behind the new one. */
  headers(endpoint: SealedSecrets, message: string, payload: string): Record<string, string> {
    const at = this.runtime.now();
    const overlaps = endpoint.previous_secret !== null && endpoint.previous_until !== null && endpoint.previous_until > at;
    const sealed = overlaps ? [endpoint.secret, endpoint.previous_secret!] : [endpoint.secret];
    const signatures = sealed.map((one) => new Webhook(this.open(endpoint.id, one)).sign(message, at, payload));
    return {
      'webhook-id': message,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    };
  }

  private open(endpoint: string, sealed: Buffer): string {
    const parts = { nonce: sealed.subarray(0, NONCE_BYTES), ciphertext: sealed.subarray(NONCE_BYTES) };
    return unseal(this.key, parts, endpoint).toString();
  }
}
