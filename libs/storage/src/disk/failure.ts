import { AdapterFailure } from '@paddock/domain';

const passing = new Set(['EMFILE', 'ENFILE', 'EAGAIN', 'EBUSY', 'ENOSPC', 'EDQUOT']);

/** A file system error as the AdapterFailure it is; transient when it is about a resource that may come back. */
export function diskFailure(message: string, cause: unknown): AdapterFailure {
  if (cause instanceof AdapterFailure) return cause;
  const code = errorCode(cause);
  return new AdapterFailure('disk store', `${message} (${code ?? String(cause)})`, code !== undefined && passing.has(code), { cause });
}

/** True when the error says that there is no such file: also a folder in its place, or a file where a folder should be. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(errorCode(error) ?? '');
}

function errorCode(error: unknown): string | undefined {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
