import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { setCookie } from '../identity/cookies.js';
import { Throttle } from '../sign-in/throttle.js';
import { OidcAttempts } from './oidc-attempts.js';
import { OidcProviders } from './oidc-providers.service.js';

const STARTS_PER_ADDRESS = 300;

/** The first step to a provider, of a sign-in as of a link. */
@Injectable()
export class OidcStart {
  constructor(
    private readonly providers: OidcProviders,
    private readonly attempts: OidcAttempts,
    private readonly throttle: Throttle,
    private readonly runtime: Runtime,
  ) {}

  async begin(actor: Actor, provider: string, purpose: { account: string | null; returnTo: string | undefined }, reply: FastifyReply) {
    this.providers.find(provider);
    await this.throttle.take({ [`oidc:${actor.address}`]: STARTS_PER_ADDRESS });
    const { browser, checks, expiresAt } = await this.attempts.begin(provider, purpose.account, purpose.returnTo);
    const url = await this.providers.authorizationUrl(provider, checks);
    setCookie(reply, this.runtime.publicUrl, 'paddock-sign-in', browser, expiresAt);
    return { url, expiresAt: expiresAt.toISOString() };
  }
}
