import { AdapterFailure } from '@paddock/domain';
import { CaptureFailure, type CaptureFailureReason } from './capture-failure.js';

interface Progress {
  responded: boolean;
  timedOut: boolean;
  canceled: boolean;
}

/** Codes of Node's HTTP parser, TLS and OpenSSL, by what they say about the source. */
const BY_CODE: readonly [code: RegExp, reason: CaptureFailureReason][] = [
  [/^HPE_HEADER_OVERFLOW$/, 'too-large'],
  [/^HPE_/, 'malformed-response'],
  [/^(CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH)/, 'tls-refused'],
];

/** What happened at the socket, as the failure that it is for a capture. */
export function failureOf(url: URL, error: unknown, progress: Progress): CaptureFailure {
  const reason = reasonOf(error, progress);
  const detail = reason === 'timeout' ? 'it did not answer in full before the deadline' : (error as Error).message;
  return new CaptureFailure(url.origin, reason, detail, [], { cause: error });
}

function reasonOf(error: unknown, { responded, timedOut, canceled }: Progress): CaptureFailureReason {
  if (timedOut) return 'timeout';
  if (canceled) return 'canceled';
  if (error instanceof AdapterFailure) return 'address-refused';
  if (error instanceof RangeError) return 'too-large';
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  const known = BY_CODE.find(([pattern]) => pattern.test(code));
  if (known) return known[1];
  return responded ? 'truncated' : 'unreachable';
}
