/**
 * What an endpoint can be told of: the kind of each event in the event log, and the `type` that its message carries.
 * A kind that is recorded but not listed here is told to nobody.
 */
export const WEBHOOK_TYPES = {
  'request-submit': { type: 'request.submitted', meaning: 'An access request was submitted.' },
  'request-withdraw': { type: 'request.withdrawn', meaning: 'The applicant withdrew it.' },
  'request-review': { type: 'request.in-review', meaning: 'A reviewer took it up.' },
  'request-assign': { type: 'request.assigned', meaning: 'It went to one reviewer, or back to all of them.' },
  'request-routed': { type: 'request.routed', meaning: 'A rule sent it to a person.' },
  'request-return': { type: 'request.returned', meaning: 'It went back to the applicant for a correction.' },
  'request-approve': { type: 'request.approved', meaning: 'A reviewer approved it; `to` tells whether another approval is awaited.' },
  'request-reject': { type: 'request.rejected', meaning: 'It was rejected.' },
  'request-appeal': { type: 'request.appealed', meaning: 'The applicant appealed.' },
  'request-no-longer-needed': { type: 'request.no-longer-needed', meaning: 'The model opened in another way.' },
  'grant-opened': { type: 'grant.opened', meaning: 'An approval opened a grant, which waits for the acceptance.' },
  'grant-activated': { type: 'grant.activated', meaning: 'The license was accepted.' },
  'grant-renewed': { type: 'grant.renewed', meaning: 'A renewal was approved; a further period follows the last.' },
  'grant-reaccepted': { type: 'grant.reaccepted', meaning: 'A newer text was accepted.' },
  'grant-published': { type: 'grant.published', meaning: 'The public grant of a model was made.' },
  'grant-suspended': { type: 'grant.suspended', meaning: 'Staff suspended it.' },
  'grant-resumed': { type: 'grant.resumed', meaning: 'Staff lifted the suspension.' },
  'grant-revoked': { type: 'grant.revoked', meaning: 'Staff revoked it.' },
  'grant-replaced': { type: 'grant.replaced', meaning: 'One under a special license took its place.' },
} as const satisfies Readonly<Record<`request-${string}` | `grant-${string}`, { type: string; meaning: string }>>;

export type WebhookKind = keyof typeof WEBHOOK_TYPES;
export const WEBHOOK_KINDS = Object.keys(WEBHOOK_TYPES) as [WebhookKind, ...WebhookKind[]];

/** What of an event's detail may leave: states and ids. A reason is somebody's words and stays. */
const TOLD = ['from', 'to', 'state', 'request', 'acceptance'] as const;

export interface WebhookFact {
  kind: WebhookKind;
  subject: string;
  model: string | null;
  detail: Readonly<Record<string, unknown>>;
}

/** The message as it is signed and sent: Standard Webhooks, "Payload structure". */
export function webhookPayload({ kind, subject, model, detail }: WebhookFact, at: Date): string {
  const of = kind.startsWith('grant-') ? 'grant' : 'request';
  const told = TOLD.filter((name) => typeof detail[name] === 'string').map((name) => [name, detail[name]]);
  return JSON.stringify({
    type: WEBHOOK_TYPES[kind].type,
    timestamp: at.toISOString(),
    data: { ...Object.fromEntries(told), [of]: subject, model },
  });
}
