import { isLocalPath } from '@paddock/domain';
import { z } from 'zod';
import { Email, Id, Instant, Password, requiredText, text } from './fields.js';

export const LocalPath = z.string().max(500).refine(isLocalPath, 'must be a path of this portal, beginning with one "/"');

const SECOND_FACTORS = ['totp', 'passkey', 'recovery-code'] as const;
/** What sign-in comes to. `second-factor-required`: the cookie is of a session that can do nothing but give it. */
export const SignedIn = z.strictObject({
  state: z.enum(['signed-in', 'second-factor-required']),
  expiresAt: Instant,
  methods: z.array(z.enum(SECOND_FACTORS)).optional().describe('Of the second factor, where one is required'),
});

export const ProviderListed = z.strictObject({ id: z.string(), title: z.string(), kind: z.enum(['generic', 'orcid']) });
export const BeginOidc = z.strictObject({ returnTo: LocalPath.optional() });
export type BeginOidc = z.infer<typeof BeginOidc>;
export const OidcBegun = z.strictObject({ url: z.url().describe('Where the browser goes'), expiresAt: Instant });
export const OidcCallback = z.strictObject({ query: text(8000).describe('The query with which the provider sent the browser back') });
export type OidcCallback = z.infer<typeof OidcCallback>;
export const OidcEnded = z.strictObject({
  state: z
    .enum(['signed-in', 'second-factor-required', 'linked', 'email-required', 'link-required'])
    .describe('email-required: name one; link-required: sign in to the account that has the e-mail, then confirm'),
  provider: z.string(),
  expiresAt: Instant.optional(),
  methods: SignedIn.shape.methods,
  returnTo: z.string().optional(),
});
export const CompleteSignUp = z.strictObject({ email: Email, name: requiredText(200).optional() });
export type CompleteSignUp = z.infer<typeof CompleteSignUp>;
export const IdentityListed = z.strictObject({
  provider: z.string(),
  title: z.string(),
  kind: z.enum(['generic', 'orcid']),
  subject: z.string().describe('Of an ORCID provider: the iD'),
  state: z.enum(['linked', 'unconfigured']),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
});

/** What a browser's PublicKeyCredential.toJSON() gives. Browsers add members of their own, which are left out here. */
const Credential = z.object({
  id: text(2000).min(1),
  rawId: text(2000).min(1),
  type: z.literal('public-key'),
  authenticatorAttachment: text(40).nullish(),
  clientExtensionResults: z.object({}).default({}),
});
const Base64Url = z.string().max(16_000).regex(/^[\w-]*$/); // prettier-ignore
export const AttestedCredential = Credential.extend({
  response: z.object({ clientDataJSON: Base64Url, attestationObject: Base64Url, transports: z.array(text(40)).max(10).optional() }),
});
export type AttestedCredential = z.infer<typeof AttestedCredential>;
export const AssertedCredential = Credential.extend({
  response: z.object({ clientDataJSON: Base64Url, authenticatorData: Base64Url, signature: Base64Url, userHandle: Base64Url.nullish() }),
});
export type AssertedCredential = z.infer<typeof AssertedCredential>;
export const PasskeyOptions = z.looseObject({ challenge: z.string() }).describe('For navigator.credentials, as JSON (WebAuthn Level 3)');

export const PasskeySignIn = z.strictObject({ response: AssertedCredential });
export type PasskeySignIn = z.infer<typeof PasskeySignIn>;
export const GiveSecondFactor = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('totp'), code: text(20) }),
  z.strictObject({ method: z.literal('recovery-code'), code: text(60) }),
  z.strictObject({ method: z.literal('passkey'), response: AssertedCredential }),
]);
export type GiveSecondFactor = z.infer<typeof GiveSecondFactor>;

export const TotpBegun = z.strictObject({
  state: z.literal('unconfirmed'),
  secret: z.string().describe('Base32'),
  uri: z.string().describe('otpauth://, for authenticator apps'),
  qr: z.string().describe('The URI as a QR code, in SVG'),
});
export const ConfirmTotp = z.strictObject({ code: text(20) });
export type ConfirmTotp = z.infer<typeof ConfirmTotp>;
export const RegisterPasskey = z.strictObject({ name: requiredText(60), response: AttestedCredential });
export type RegisterPasskey = z.infer<typeof RegisterPasskey>;
const RecoveryCodes = z.array(z.string()).describe('Shown once; each works once');
export const FactorAdded = z.strictObject({ state: z.literal('enrolled'), id: Id, recoveryCodes: RecoveryCodes.optional() });
export const RecoveryCodesMade = z.strictObject({ state: z.literal('made'), recoveryCodes: RecoveryCodes });

const Factor = z.strictObject({
  id: Id,
  kind: z.enum(['totp', 'passkey']),
  name: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
});
/** How an account is kept. */
export const Security = z.strictObject({
  password: z.boolean(),
  factors: z.array(Factor),
  recoveryCodesLeft: z.int(),
  staffSecondFactor: z.enum(['required', 'optional']),
  rolesWithheld: z.boolean().describe('Roles are held, and stand back in this session until a second factor is used'),
});
export const ChangePassword = z.strictObject({ password: Password });
export type ChangePassword = z.infer<typeof ChangePassword>;

export const SessionListed = z.strictObject({
  id: Id,
  state: z.enum(['signed-in', 'second-factor-required']),
  createdAt: Instant,
  lastUsedAt: Instant.describe('To five minutes'),
  expiresAt: Instant,
  userAgent: z.string(),
  secondFactor: z.boolean(),
  current: z.boolean(),
});
