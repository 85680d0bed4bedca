/**
 * Every rule of Paddock that can say no, with the way on. Codes are stable: clients act on them, wording may improve.
 * `remedy` is what the person does next; `link` is the page or route where they do it, relative to the portal.
 */
export const REFUSALS = {
  // the request itself
  'malformed-request': {
    title: 'The request cannot be read',
    remedy: 'Correct the fields that `detail` names and send it again.',
    link: '/api/openapi.json',
  },
  'body-too-large': { title: 'The body is too large', remedy: 'Send less at once.', link: '/api/openapi.json' },
  'unsupported-media-type': {
    title: 'The body has the wrong media type',
    remedy: 'Send application/json, or application/octet-stream where a file is uploaded.',
    link: '/api/openapi.json',
  },
  'bad-cursor': { title: 'The cursor is not one of this list', remedy: 'Start again without a cursor, with the same filters.', link: null },
  'bad-range': { title: 'The range lies outside the file', remedy: 'Ask for bytes within the size that Content-Range names.', link: null },
  'not-found': { title: 'There is nothing here for you', remedy: 'Check the address; sign in if it is yours.', link: '/' },
  'idempotency-mismatch': {
    title: 'This Idempotency-Key was used for another request',
    remedy: 'Use a new key for a new request.',
    link: null,
  },
  'idempotency-in-progress': {
    title: 'The first request with this Idempotency-Key is still under way',
    remedy: 'Wait a moment and repeat it.',
    link: null,
  },
  'too-many-attempts': {
    title: 'Too many attempts',
    remedy: 'Wait as long as Retry-After says, or reset the password.',
    link: '/reset-password',
  },

  // who asks
  unauthenticated: { title: 'Sign in first', remedy: 'Sign in, or send an access token as `Authorization: Bearer`.', link: '/sign-in' },
  'bad-credentials': { title: 'E-mail or password is wrong', remedy: 'Try again, or reset the password.', link: '/reset-password' },
  'session-required': {
    title: 'A person must do this',
    remedy: 'Sign in with e-mail and password: access tokens cannot do it.',
    link: '/sign-in',
  },
  'scope-missing': {
    title: 'This access token does not cover that',
    remedy: 'Mint a token with the scope that `detail` names.',
    link: '/tokens',
  },
  'role-missing': {
    title: 'This needs a role that you do not hold',
    remedy: 'Ask an administrator of the portal for the role.',
    link: null,
  },
  'last-administrator': { title: 'The portal would have no administrator', remedy: 'Give somebody else the role first.', link: null },
  'origin-mismatch': {
    title: 'The request did not come from this portal',
    remedy: 'Send the header `Origin` with the public address of the portal.',
    link: null,
  },
  'single-use-link': { title: 'This link was used, replaced or has expired', remedy: 'Ask for a new one.', link: '/reset-password' },

  // access requests
  'request-state': {
    title: 'The access request does not allow that now',
    remedy: 'Read the request again; `state` says where it stands.',
    link: '/access-requests',
  },
  'request-open': { title: 'You already have an open request for this model', remedy: 'Go on with that one.', link: '/access-requests' },
  'request-not-needed': {
    title: 'This model needs no access request',
    remedy: 'Read its terms and accept them, or download at once where it is open.',
    link: '/models',
  },
  'own-request': { title: 'Nobody decides for themselves', remedy: 'Another reviewer must decide this request.', link: null },
  'appeal-reviewer': {
    title: 'An appeal is decided by somebody else',
    remedy: 'Leave the decision to another reviewer of the model.',
    link: '/access-requests',
  },
  'seen-outdated': {
    title: 'What you decided on has changed',
    remedy: 'Read the request again and decide on what it says now.',
    link: '/access-requests',
  },
  'appeal-closed': { title: 'The time for an appeal has passed', remedy: 'Send a new access request.', link: '/models' },
  ineligible: {
    title: 'The license does not allow this use',
    remedy: 'Read the clause that `detail` names; ask for a special license where it offers one.',
    link: '/models',
  },
  'already-granted': { title: 'This licensee already has access', remedy: 'Use the grant that it holds.', link: '/grants' },

  // agreement and acceptance
  'approval-required': {
    title: 'Access is granted on application',
    remedy: 'Send an access request and wait for the decision.',
    link: '/access-requests',
  },
  'assent-not-required': {
    title: 'There is nothing to accept',
    remedy: 'Download at once: the license asks for no acceptance.',
    link: '/models',
  },
  'presentation-outdated': {
    title: 'The documents changed since they were shown',
    remedy: 'Ask for a new presentation, read what changed and accept that.',
    link: '/models',
  },
  'presentation-ended': { title: 'This presentation has ended', remedy: 'Ask for a new presentation.', link: '/models' },
  'presentation-expired': { title: 'This presentation has expired', remedy: 'Ask for a new presentation.', link: '/models' },
  'assent-incomplete': {
    title: 'The acceptance is not complete',
    remedy: 'Type your name, confirm each statement and assent expressly.',
    link: null,
  },

  // the gate
  'access-not-granted': { title: 'No grant covers this', remedy: 'Request access to the model, or accept its terms.', link: '/models' },
  'acceptance-required': { title: 'The license has not been accepted yet', remedy: 'Read and accept the agreement.', link: '/models' },
  'acceptance-outdated': {
    title: 'A newer text must be accepted',
    remedy: 'Read what changed and accept the new agreement.',
    link: '/models',
  },
  'grant-suspended': { title: 'This grant is suspended', remedy: 'Write to the publisher; the grant names the reason.', link: '/grants' },
  'grant-revoked': { title: 'This grant was revoked', remedy: 'Write to the publisher; the grant names the reason.', link: '/grants' },
  'grant-expired': { title: 'This grant has expired', remedy: 'Ask for a renewal.', link: '/access-requests' },
  'grant-state': {
    title: 'The grant does not allow that now',
    remedy: 'Read the grant again; `state` says where it stands.',
    link: '/grants',
  },
  'holder-ended': {
    title: 'You no longer act for this licensee',
    remedy: 'Ask an officer of the organization, or use a grant of your own.',
    link: '/grants',
  },
  'prerequisite-expired': {
    title: 'A prerequisite is missing or has expired',
    remedy: 'Renew the prerequisite that the model asks for.',
    link: '/models',
  },
  'channel-not-allowed': {
    title: 'The license does not allow this channel',
    remedy: 'Use one of the channels that the license version lists.',
    link: '/models',
  },
  'link-altered': { title: 'This link was altered', remedy: 'Copy the link whole, or renew it.', link: '/grants' },
  'link-expired': { title: 'This link has expired', remedy: 'Renew it: the same grant gives a new one.', link: '/grants' },
  'link-revoked': { title: 'This link was revoked', remedy: 'Ask for a new link with your grant.', link: '/grants' },
  'link-exhausted': {
    title: 'This link has given all that it was issued for',
    remedy: 'Ask for a new link with your grant.',
    link: '/grants',
  },
  'artifact-not-in-link': { title: 'This link does not cover that file', remedy: 'Ask for a link that names the file.', link: '/grants' },
  'release-withdrawn': {
    title: 'This release was withdrawn',
    remedy: 'Use the replacement that `detail` names, where there is one.',
    link: '/models',
  },
  'release-not-published': { title: 'This release is not published', remedy: 'Wait until its publisher publishes it.', link: '/models' },

  // publishing
  'slug-taken': { title: 'This name is taken or reserved', remedy: 'Choose another name.', link: null },
  'release-exists': {
    title: 'This release exists already',
    remedy: 'Go on with it, or choose another name: a name never carries other bytes.',
    link: '/models',
  },
  'release-state': {
    title: 'The release does not allow that now',
    remedy: 'Read the release again; `state` says where it stands.',
    link: '/models',
  },
  'release-empty': { title: 'A release without files cannot be published', remedy: 'Upload its files first.', link: null },
  'artifact-path': {
    title: 'This file name cannot be published',
    remedy: 'Use letters, digits, ". _ + -" and single spaces; no "..", no leading "-".',
    link: null,
  },
  'artifact-exists': {
    title: 'A file of that path exists already, and differs',
    remedy: 'Publish the changed file in a new release: a published file never changes.',
    link: null,
  },
  'upload-offset': { title: 'The upload stands at another offset', remedy: 'Ask for the offset and go on from there.', link: null },
  'upload-length': {
    title: 'The body is longer than the file that was announced',
    remedy: 'Open the upload anew with the size of the file.',
    link: null,
  },
  'license-unfit': {
    title: 'The license does not fit this admission',
    remedy: 'Admission `open` needs a license without assent, the others one that asks for it.',
    link: '/licenses',
  },

  // outside
  unavailable: { title: 'Something that Paddock needs does not answer', remedy: 'Try again in a few seconds.', link: '/health/ready' },
  'internal-error': { title: 'Something went wrong on our side', remedy: 'Send the request id to whoever runs the portal.', link: null },
} as const satisfies Record<string, { title: string; remedy: string; link: string | null }>;

export type RefusalCode = keyof typeof REFUSALS;

/** The one domain error: a rule said no. `facts` are shown to the client (a state, a replacement, a clause). */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: RefusalCode,
    readonly detail: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${code}: ${detail}`);
  }

  get remedy(): string {
    return REFUSALS[this.code].remedy;
  }
}
