/**
 * Where the pages stand, below the origin; `:name` is a parameter. The server answers these addresses with the page's shell,
 * the web app routes them, and refusals and mails lead to them: one table for all three.
 */
export const PAGES = {
  catalog: '/',
  models: '/models',
  model: '/models/:model',
  release: '/models/:model/releases/:release',
  prerequisites: '/models/:model/prerequisites',
  requestAccess: '/models/:model/request',
  acceptance: '/models/:model/accept',
  licenses: '/licenses',
  license: '/licenses/:license',
  policies: '/policies',
  policy: '/policies/:policy',
  policyArchive: '/policies/:policy/archive',
  policyInForce: '/policies/:policy/in-force',
  policyCompare: '/policies/:policy/compare',
  policySinceAccepted: '/policies/:policy/since-accepted',
  policySnapshot: '/policies/:policy/snapshots/:moment',
  problem: '/problems/:code',
  verify: '/verify',
  agreement: '/agreements/:sha256',

  signIn: '/sign-in',
  signInCallback: '/sign-in/oidc/:provider/callback',
  signUp: '/sign-up',
  resetPassword: '/reset-password',
  verifyEmail: '/verify-email',
  setup: '/setup',
  referee: '/referee',
  invitation: '/invitation',

  requests: '/access-requests',
  request: '/access-requests/:request',
  grants: '/grants',
  grant: '/grants/:grant',
  acceptances: '/acceptances/:acceptance',
  organizations: '/organizations',
  organization: '/organizations/:organization',
  profile: '/profile',
  security: '/security',
  tokens: '/tokens',
  privacy: '/privacy',

  overview: '/overview',
  review: '/review',
  reviewOne: '/review/:request',
  forms: '/models/:model/forms',
  rules: '/models/:model/rules',
  publishing: '/publishing',
  publishModel: '/publishing/:model',
  publishRelease: '/publishing/:model/releases/:release',
  legalTexts: '/legal',
  legalLicense: '/legal/licenses/:license',
  legalPolicy: '/legal/policies/:policy',
  audit: '/audit',
  auditKind: '/audit/:kind',
  licensee: '/licensees/:licensee',
  sightings: '/sightings',
  grantReviews: '/grant-reviews',
  reasonTemplates: '/reason-templates',
  blocks: '/blocks',
  roles: '/roles',
  erasures: '/retention',
  webhooks: '/webhooks',
  outbox: '/outbox',
  health: '/system',
  keys: '/system/keys',
} as const;

export type PageName = keyof typeof PAGES;

type Parameters<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Record<Name, string> & Parameters<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Record<Name, string>
    : unknown;

/** The address of a page, its parameters escaped. */
export function pagePath<Page extends PageName>(page: Page, parameters: Parameters<(typeof PAGES)[Page]>): string {
  return PAGES[page].replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent((parameters as Record<string, string>)[name]!));
}
