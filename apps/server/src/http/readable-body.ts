import { Refusal } from '@paddock/domain';

const MOST_LEVELS = 64;

/**
 * Refuses a JSON body that nothing behind this can carry: text that is not well-formed or holds NUL (PostgreSQL, canonical
 * JSON), and nesting so deep that writing it out again would end the stack. It walks without recursion, before anything else reads.
 */
export function refuseUnreadable(body: unknown): void {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_LEVELS) throw new Refusal('malformed-request', `The body is nested more than ${MOST_LEVELS} levels deep.`);
    level = level.flatMap(contentsOf);
  }
}

function contentsOf(value: unknown): unknown[] {
  if (typeof value === 'string' && !(value.isWellFormed() && !value.includes('\0'))) {
    throw new Refusal('malformed-request', 'The body holds text that is not well-formed, or NUL.');
  }
  if (Array.isArray(value)) return value;
  return isPlainObject(value) ? Object.entries(value).flat() : [];
}

/** What a JSON parser made; an upload's stream is none. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
