import { Injectable } from '@nestjs/common';
import { isOrcid, Refusal } from '@paddock/domain';
import * as client from 'openid-client';
import { guardedFetch } from '../../http/guarded-fetch.js';
import { Runtime } from '../../http/runtime.js';
import type { OidcProvider } from '../../oidc-providers.js';
import { refusalOfProvider } from './provider-failure.js';
import { claimsOf, type ProvedIdentity } from './proved-identity.js';

const TIMEOUT_SECONDS = 10;
/** Providers move their endpoints rarely; their keys are looked up anew by themselves. */
const DISCOVERY_LIVES_MS = 3_600_000;

/** The secrets of one way to a provider and back. */
export interface OidcChecks {
  state: string;
  nonce: string;
  verifier: string;
}

/** The configured OpenID providers. Each is asked when somebody needs it, so that one that is down keeps nobody else out. */
@Injectable()
export class OidcProviders {
  private readonly discovered = new Map<string, { at: number; configuration: Promise<client.Configuration> }>();
  private readonly fetch: client.CustomFetch;

  constructor(private readonly runtime: Runtime) {
    const allowPrivate = runtime.config.PADDOCK_OUTGOING_ALLOW_PRIVATE;
    this.fetch = guardedFetch({ allowPrivate, timeoutMs: TIMEOUT_SECONDS * 1000 }) as unknown as client.CustomFetch;
  }

  list(): readonly OidcProvider[] {
    return this.runtime.config.PADDOCK_OIDC_PROVIDERS;
  }

  find(id: string): OidcProvider {
    const provider = this.list().find((candidate) => candidate.id === id);
    if (!provider) throw new Refusal('not-found', 'There is no such provider.');
    return provider;
  }

  async authorizationUrl(id: string, { state, nonce, verifier }: OidcChecks): Promise<string> {
    const provider = this.find(id);
    const configuration = await this.configuration(provider);
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.callbackUrl(provider),
      scope: provider.scopes.join(' '),
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return url.href;
  }

  /** Exchanges the code for whom the provider says it is, after every check of OpenID Connect Core 3.1.2.7 and 3.1.3.7. */
  async exchange(id: string, query: string, { state, nonce, verifier }: OidcChecks): Promise<ProvedIdentity> {
    const provider = this.find(id);
    const configuration = await this.configuration(provider);
    try {
      const tokens = await client.authorizationCodeGrant(configuration, new URL(`${this.callbackUrl(provider)}?${query}`), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims()!;
      const told = needsUserInfo(provider, configuration, claims)
        ? { ...claims, ...(await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)) }
        : claims;
      const identity = claimsOf(provider, told);
      if (provider.kind === 'orcid' && !isOrcid(identity.subject)) throw new Refusal('provider-refused', 'Its subject is no ORCID iD.');
      return identity;
    } catch (error) {
      throw refusalOfProvider(provider, error, this.runtime.logger);
    }
  }

  private async configuration(provider: OidcProvider): Promise<client.Configuration> {
    const known = this.discovered.get(provider.id);
    if (known && Date.now() - known.at < DISCOVERY_LIVES_MS) return known.configuration;
    const asked = { at: Date.now(), configuration: this.discover(provider) };
    this.discovered.set(provider.id, asked);
    try {
      return await asked.configuration;
    } catch (error) {
      // The next sign-in asks again.
      this.discovered.delete(provider.id);
      throw refusalOfProvider(provider, error, this.runtime.logger);
    }
  }

  private discover({ issuer, clientId, clientSecret }: OidcProvider): Promise<client.Configuration> {
    const overHttp = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
    return client.discovery(new URL(issuer), clientId, clientSecret, clientSecret ? undefined : client.None(), {
      [client.customFetch]: this.fetch,
      timeout: TIMEOUT_SECONDS,
      execute: [client.enableNonRepudiationChecks, ...overHttp],
    });
  }

  private callbackUrl({ id }: OidcProvider): string {
    return `${this.runtime.publicUrl}/sign-in/oidc/${id}/callback`;
  }
}

/** Many providers tell the e-mail only there. */
function needsUserInfo({ scopes }: OidcProvider, configuration: client.Configuration, claims: client.IDToken): boolean {
  return scopes.includes('email') && claims['email'] === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined;
}
