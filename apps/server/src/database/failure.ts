import { Refusal } from '@paddock/domain';

/** PostgreSQL and network errors that mean "not now": connections refused or lost, shutting down, too many clients. */
const UNAVAILABLE = /^(08...|25006|53...|57P0[1-5]|57014|40001|40P01|55P03|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT)$/;
const LOST =
  /connection (terminated|timeout)|timeout exceeded when trying to connect|Query read timeout|Client (has encountered a connection error|was closed)|server closed the connection|query runner (was )?already released/i;
const DISK_FULL = '53100';
/** A value that passed our schemas but not PostgreSQL's: a malformed uuid, an impossible date, a NUL. */
const INVALID = /^(22P02|22007|22008|22021|22003|22P05)$/;

/** What a database error means to a client; undefined when it is a bug of ours. */
export function refusalOfDatabase(error: unknown): Refusal | undefined {
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  if (code === DISK_FULL) return new Refusal('storage-full', 'The database has no room left.', { retryAfter: 60 });
  if ((code && UNAVAILABLE.test(code)) || (message && LOST.test(message))) {
    return new Refusal('unavailable', 'The database does not answer.', { retryAfter: 2 });
  }
  if (code && INVALID.test(code)) return new Refusal('malformed-request', 'A value has a form that cannot be stored.');
  return undefined;
}

/** Whether an insert met a row that a unique index (of that name) keeps single. */
export function isConflict(error: unknown, constraint?: string): boolean {
  const failure = error as { code?: string; constraint?: string } | null;
  return failure?.code === '23505' && (constraint === undefined || failure.constraint === constraint);
}
