import { REFUSALS, type RefusalCode } from '@paddock/domain';
import { z } from 'zod';

/** The HTTP status of every refusal: a code without one does not compile. */
export const PROBLEM_STATUS: Readonly<Record<RefusalCode, number>> = {
  'malformed-request': 400,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'bad-cursor': 400,
  'bad-range': 416,
  'not-found': 404,
  'idempotency-mismatch': 422,
  'idempotency-in-progress': 409,
  'too-many-attempts': 429,
  unauthenticated: 401,
  'bad-credentials': 401,
  'session-required': 403,
  'scope-missing': 403,
  'role-missing': 403,
  'last-administrator': 409,
  'origin-mismatch': 403,
  'single-use-link': 410,
  'request-state': 409,
  'request-open': 409,
  'request-not-needed': 409,
  'own-request': 403,
  'appeal-reviewer': 403,
  'seen-outdated': 409,
  'appeal-closed': 409,
  'form-unfit': 422,
  'answers-unfit': 422,
  'form-outdated': 409,
  ineligible: 403,
  'already-granted': 409,
  'approval-required': 403,
  'assent-not-required': 409,
  'presentation-outdated': 409,
  'presentation-ended': 409,
  'presentation-expired': 409,
  'assent-incomplete': 422,
  'access-not-granted': 403,
  'acceptance-required': 403,
  'acceptance-outdated': 403,
  'grant-suspended': 403,
  'grant-revoked': 403,
  'grant-expired': 403,
  'grant-state': 409,
  'holder-ended': 403,
  'prerequisite-expired': 403,
  'channel-not-allowed': 403,
  'link-altered': 403,
  'link-expired': 403,
  'link-revoked': 403,
  'link-exhausted': 403,
  'artifact-not-in-link': 403,
  'release-withdrawn': 410,
  'release-not-published': 404,
  'slug-taken': 409,
  'release-exists': 409,
  'release-state': 409,
  'release-empty': 409,
  'artifact-path': 422,
  'artifact-exists': 409,
  'upload-offset': 409,
  'upload-length': 409,
  'license-unfit': 422,
  unavailable: 503,
  'internal-error': 500,
};

/** RFC 9457, with the code, the remedy and the request id on every problem. */
export const Problem = z.looseObject({
  type: z.string().describe('`/problems/CODE` on the portal'),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(REFUSALS) as [RefusalCode, ...RefusalCode[]]),
  detail: z.string(),
  remedy: z.string().describe('What to do next'),
  remedyUrl: z.string().optional().describe('Where to do it'),
  requestId: z.string(),
});
export type Problem = z.infer<typeof Problem>;

/** The problem document of a refusal. `facts` (a state, a replacement) become members of their own. */
export function problemOf(
  code: RefusalCode,
  detail: string,
  facts: Readonly<Record<string, unknown>>,
  context: { publicUrl: string; requestId: string },
): Problem {
  const { title, remedy, link } = REFUSALS[code];
  const { remedyUrl: _, ...members } = facts;
  return {
    ...members,
    type: `${context.publicUrl}/problems/${code}`,
    title,
    status: PROBLEM_STATUS[code],
    code,
    detail,
    remedy,
    ...(link === null ? {} : { remedyUrl: `${context.publicUrl}${link}` }),
    requestId: context.requestId,
  };
}
