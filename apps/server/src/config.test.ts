import { generateKeyPairSync } from 'node:crypto';
import { ConfigurationError, readConfig } from './config.js';

const LAB = { id: 'lab', title: 'Lab', issuer: 'https://lab.example', clientId: 'paddock', clientSecret: 'not-to-be-told' };

function faultsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.message.split('\n');
  }
}

const faultsIn = (providers: unknown, env: Record<string, string> = {}) =>
  faultsOf({ ...env, PADDOCK_OIDC_PROVIDERS: typeof providers === 'string' ? providers : JSON.stringify(providers) });

describe('providers', () => {
  test('are complete with what need not be said', () => {
    const { PADDOCK_OIDC_PROVIDERS: providers } = readConfig({
      PADDOCK_OIDC_PROVIDERS: JSON.stringify([LAB, { ...LAB, id: 'orcid', kind: 'orcid', clientSecret: undefined }]),
    });
    expect(providers).toEqual([
      { ...LAB, kind: 'generic', scopes: ['openid', 'email', 'profile'] },
      { id: 'orcid', title: 'Lab', issuer: LAB.issuer, clientId: 'paddock', kind: 'orcid', scopes: ['openid'] },
    ]);
    expect(readConfig({}).PADDOCK_OIDC_PROVIDERS).toEqual([]);
  });

  test('are told their faults all at once, by their place, and never with what stands there', () => {
    const faults = faultsIn(
      [
        { ...LAB, id: 'Lab!', colour: 'blue' },
        { ...LAB, issuer: 'lab.example', scopes: ['email'] },
        { ...LAB, kind: 'saml', clientId: '' },
      ],
      { PADDOCK_STAFF_SECOND_FACTOR: 'perhaps' },
    );
    expect(faults.map((fault) => fault.split(':')[0]).toSorted()).toEqual([
      'PADDOCK_OIDC_PROVIDERS.0',
      'PADDOCK_OIDC_PROVIDERS.0.id',
      'PADDOCK_OIDC_PROVIDERS.1.issuer',
      'PADDOCK_OIDC_PROVIDERS.1.scopes',
      'PADDOCK_OIDC_PROVIDERS.2.clientId',
      'PADDOCK_OIDC_PROVIDERS.2.kind',
      'PADDOCK_STAFF_SECOND_FACTOR',
    ]);
    expect(faults.join()).not.toContain('not-to-be-told');
  });

  test('are a JSON array of providers, each named once', () => {
    expect(faultsIn('[{"clientSecret": "not-to-be-told"')).toEqual(['PADDOCK_OIDC_PROVIDERS: must be a JSON array']);
    expect(faultsIn([LAB, LAB])).toEqual(['PADDOCK_OIDC_PROVIDERS: every id may stand once']);
    for (const none of ['{}', 'null', '"lab"', '[null]']) expect(faultsIn(none)).toHaveLength(1);
  });

  test.each([
    ['http://lab.example', 'true'],
    ['http://127.0.0.1:3000', 'false'],
    ['http://127.0.0.1.lab.example', 'true'],
    ['http://10.0.0.1', 'true'],
  ])('%s is no issuer without TLS', (issuer, allowPrivate) => {
    expect(faultsIn([{ ...LAB, issuer }], { PADDOCK_OUTGOING_ALLOW_PRIVATE: allowPrivate })).toEqual([
      'PADDOCK_OIDC_PROVIDERS.0.issuer: must be https; on loopback http is taken with PADDOCK_OUTGOING_ALLOW_PRIVATE',
    ]);
  });

  test.each(['http://127.0.0.1:3000', 'http://localhost:3000', 'http://[::1]:3000'])('%s may be, for tests', (issuer) => {
    expect(faultsIn([{ ...LAB, issuer }], { PADDOCK_OUTGOING_ALLOW_PRIVATE: 'true' })).toEqual([]);
  });
});

describe('the second factor of staff', () => {
  const PUBLIC = { PADDOCK_HOST: '0.0.0.0', PADDOCK_PUBLIC_URL: 'https://weights.example' };
  test.each([
    [{}, 'optional'],
    [PUBLIC, 'required'],
    [{ ...PUBLIC, PADDOCK_STAFF_SECOND_FACTOR: 'optional' }, 'optional'],
    [{ PADDOCK_STAFF_SECOND_FACTOR: 'required' }, 'required'],
  ])('with %j is %s', (env, expected) => expect(readConfig(env).staffSecondFactor).toBe(expected));
});

test('a process of one role shares its database with another', () => {
  for (const PADDOCK_ROLE of ['http', 'jobs']) {
    expect(faultsOf({ PADDOCK_ROLE })).toEqual([
      'PADDOCK_ROLE: needs PADDOCK_DATABASE_URL, for the embedded PostgreSQL belongs to one process',
    ]);
    expect(faultsOf({ PADDOCK_ROLE, PADDOCK_DATABASE_URL: 'postgresql://db/paddock' })).toEqual([]);
  }
});

describe('who sends the bytes', () => {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const other = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const bucket = { PADDOCK_S3_BUCKET: 'weights', PADDOCK_S3_ACCESS_KEY_ID: 'id', PADDOCK_S3_SECRET_ACCESS_KEY: 'secret' };
  const cloudFront = {
    ...bucket,
    PADDOCK_CLOUDFRONT_URL: 'https://d111111abcdef8.cloudfront.net',
    PADDOCK_CLOUDFRONT_KEY_PAIR_ID: 'K2JCJMDEHXQW5F',
    PADDOCK_CLOUDFRONT_KEY: key,
  };
  const accelerated = { PADDOCK_X_ACCEL_PREFIX: '/paddock-store/', PADDOCK_TRUSTED_PROXIES: '127.0.0.1' };
  const NOT_A_KEY = 'PADDOCK_CLOUDFRONT_KEY: must be an RSA private key in PEM, without a passphrase';
  const NOT_A_PREFIX = 'PADDOCK_X_ACCEL_PREFIX: must begin and end with a slash, as /paddock-store/ does';

  test.each([cloudFront, accelerated])('may be set whole', (env) => expect(faultsOf(env)).toEqual([]));

  test.each<[string, Record<string, string>, string[]]>([
    [
      'CloudFront by halves',
      { ...cloudFront, PADDOCK_CLOUDFRONT_KEY: '' },
      ['PADDOCK_CLOUDFRONT_URL, PADDOCK_CLOUDFRONT_KEY_PAIR_ID and PADDOCK_CLOUDFRONT_KEY: give all or none'],
    ],
    [
      'CloudFront without a bucket',
      { ...cloudFront, PADDOCK_S3_BUCKET: '' },
      ['PADDOCK_CLOUDFRONT_URL: needs PADDOCK_S3_BUCKET, which it stands in front of'],
    ],
    ['a key of another kind', { ...cloudFront, PADDOCK_CLOUDFRONT_KEY: other }, [NOT_A_KEY]],
    ['no key at all', { ...cloudFront, PADDOCK_CLOUDFRONT_KEY: 'not-to-be-told' }, [NOT_A_KEY]],
    ['a prefix that is none', { ...accelerated, PADDOCK_X_ACCEL_PREFIX: '/paddock store' }, [NOT_A_PREFIX]],
    ['the root as prefix', { ...accelerated, PADDOCK_X_ACCEL_PREFIX: '/' }, [NOT_A_PREFIX]],
    [
      'nginx in front of a bucket',
      { ...accelerated, ...bucket },
      ['PADDOCK_X_ACCEL_PREFIX: is of the disk store, and PADDOCK_S3_BUCKET is set'],
    ],
    [
      'an nginx that is not known',
      { ...accelerated, PADDOCK_TRUSTED_PROXIES: '' },
      ['PADDOCK_X_ACCEL_PREFIX: needs PADDOCK_TRUSTED_PROXIES, by which nginx is known'],
    ],
  ])('%s is refused', (_what, env, faults) => expect(faultsOf(env)).toEqual(faults));
});
