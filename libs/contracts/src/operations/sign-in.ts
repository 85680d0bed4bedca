import { listOf } from '../fields.js';
import * as signIn from '../sign-in.js';
import { get, post, remove, State, type Operation } from './operation.js';

const OIDC = '/api/v1/sign-in/oidc/{provider}';
const FACTORS = '/api/v1/me/second-factors';

/** OpenID providers, second factors and sessions. */
export const SIGN_IN_OPERATIONS: readonly Operation[] = [
  get('/api/v1/sign-in/providers', 'OpenID providers that sign people in here', 'anyone', listOf(signIn.ProviderListed)),
  post(OIDC, 'Begin to sign in at a provider; the answer binds this browser', 'anyone', signIn.BeginOidc, signIn.OidcBegun),
  post(`${OIDC}/callback`, 'Finish what was begun, with the query that the provider gave', 'anyone', signIn.OidcCallback, signIn.OidcEnded),
  post(
    '/api/v1/sign-in/identity',
    'Name the e-mail that a proved identity came without, and sign up',
    'anyone',
    signIn.CompleteSignUp,
    signIn.OidcEnded,
  ),
  get('/api/v1/me/identities', 'One’s own identities at providers', 'person', listOf(signIn.IdentityListed)),
  post('/api/v1/me/identities', 'Confirm the link of an identity that waits for this account', 'person', undefined, State),
  post('/api/v1/me/identities/{provider}', 'Begin to link an identity to this account', 'person', signIn.BeginOidc, signIn.OidcBegun),
  remove('/api/v1/me/identities/{provider}', 'Unlink an identity; never the last way to sign in', 'person'),
  post('/api/v1/session/second-factor', 'Finish signing in with the second factor', 'anyone', signIn.GiveSecondFactor, signIn.SignedIn),
  post(
    '/api/v1/session/second-factor/passkey-options',
    'What a passkey has to sign as second factor',
    'anyone',
    undefined,
    signIn.PasskeyOptions,
  ),
  post('/api/v1/session/passkey', 'Sign in by passkey alone', 'anyone', signIn.PasskeySignIn, signIn.SignedIn),
  post('/api/v1/session/passkey/options', 'What a passkey has to sign to sign in', 'anyone', undefined, signIn.PasskeyOptions),
  get('/api/v1/me/security', 'Factors, recovery codes and password of one’s own account', 'person', signIn.Security),
  post(
    '/api/v1/me/password',
    'Set a new password; ends all other sessions and all access tokens',
    'person',
    signIn.ChangePassword,
    State,
    200,
  ),
  post(`${FACTORS}/totp`, 'Begin to set up time-based codes', 'person', undefined, signIn.TotpBegun),
  post(
    `${FACTORS}/totp/confirm`,
    'Finish setting up time-based codes with the first one',
    'person',
    signIn.ConfirmTotp,
    signIn.FactorAdded,
  ),
  post(`${FACTORS}/passkeys/options`, 'What a new passkey has to sign', 'person', undefined, signIn.PasskeyOptions),
  post(`${FACTORS}/passkeys`, 'Add a passkey', 'person', signIn.RegisterPasskey, signIn.FactorAdded),
  remove(`${FACTORS}/{id}`, 'Remove a factor', 'person'),
  post('/api/v1/me/recovery-codes', 'Make new recovery codes; the older ones end', 'person', undefined, signIn.RecoveryCodesMade),
  get('/api/v1/sessions', 'One’s own sessions', 'person', listOf(signIn.SessionListed)),
  remove('/api/v1/sessions', 'Sign out everywhere', 'person'),
  remove('/api/v1/sessions/{id}', 'End a session', 'person'),
];
