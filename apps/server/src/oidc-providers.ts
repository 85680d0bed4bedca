import { z } from 'zod';
import { jsonText } from './json-setting.js';

const DEFAULT_SCOPES = { generic: ['openid', 'email', 'profile'], orcid: ['openid'] } as const;

const provider = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/, 'must be 1 to 32 lower-case letters, digits and "-"'),
    title: z.string().trim().min(1).max(60),
    issuer: z.url({ protocol: /^https?$/ }),
    clientId: z.string().min(1).max(500),
    clientSecret: z.string().min(1).max(2000).optional(),
    scopes: z
      .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'must be a scope token (RFC 6749, section 3.3)'))
      .refine((scopes) => scopes.includes('openid'), 'must hold "openid"')
      .optional(),
    kind: z.enum(['generic', 'orcid']).default('generic'),
  })
  .transform(({ scopes, ...rest }) => ({ ...rest, scopes: scopes ?? [...DEFAULT_SCOPES[rest.kind]] }));

/** One provider of the configuration, complete. */
export type OidcProvider = z.infer<typeof provider>;

/** A JSON array as text. Faults name their place and never what stands there, for secrets do. */
export const oidcProviders = jsonText.pipe(
  z
    .array(provider)
    .max(20)
    .refine((providers) => new Set(providers.map(({ id }) => id)).size === providers.length, 'every id may stand once'),
);
