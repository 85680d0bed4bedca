import { AdapterFailure } from '@paddock/domain';

const bugs = new Set(['TypeError', 'RangeError', 'SyntaxError', 'ReferenceError']);

/** An SDK error as the AdapterFailure it is; transient: 5xx, too many requests, and no answer (time-outs, connections). */
export function s3Failure(message: string, cause: unknown): AdapterFailure {
  if (cause instanceof AdapterFailure) return cause;
  const status = statusOf(cause);
  const transient = status === undefined ? !isBug(cause) : status >= 500 || status === 429 || status === 408;
  const detail = [textAt(cause, 'name'), textAt(cause, 'code'), status].filter((part) => part !== undefined).join(' ');
  return new AdapterFailure('S3 store', `${message} (${detail})`, transient, { cause });
}

/** True when the server says that there is no such object. */
export function isMissing(error: unknown): boolean {
  return statusOf(error) === 404;
}

function isBug(error: unknown): boolean {
  return bugs.has(textAt(error, 'name') ?? '');
}

export function statusOf(error: unknown): number | undefined {
  const metadata: unknown = valueAt(error, '$metadata');
  const status = valueAt(metadata, 'httpStatusCode');
  return typeof status === 'number' ? status : undefined;
}

function textAt(error: unknown, name: string): string | undefined {
  const value = valueAt(error, name);
  return typeof value === 'string' ? value : undefined;
}

function valueAt(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
