import { IdentitiesController } from './identities.controller.js';
import { IdentitiesService } from './identities.service.js';
import { IdentityTickets } from './identity-tickets.js';
import { OidcAttempts } from './oidc-attempts.js';
import { OidcController } from './oidc.controller.js';
import { OidcProviders } from './oidc-providers.service.js';
import { OidcSignIn } from './oidc-sign-in.service.js';
import { OidcStart } from './oidc-start.service.js';

/** Parts of the accounts module. */
export const OIDC_CONTROLLERS = [OidcController, IdentitiesController];
export const OIDC_PROVIDERS = [OidcProviders, OidcAttempts, OidcStart, OidcSignIn, IdentitiesService, IdentityTickets];
