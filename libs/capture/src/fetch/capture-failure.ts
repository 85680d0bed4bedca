import { AdapterFailure } from '@paddock/domain';
import type { Exchange } from './exchange.js';

/** What went wrong at the source, and whether the same capture may go through later. */
const TRANSIENT = {
  'address-refused': false,
  unreachable: true,
  'certificate-refused': false,
  timeout: true,
  canceled: true,
  'too-large': false,
  truncated: true,
  'malformed-response': false,
  'redirect-refused': false,
  'redirect-loop': false,
  'too-many-redirects': false,
} as const satisfies Record<string, boolean>;

export type CaptureFailureReason = keyof typeof TRANSIENT;

/** A source that could not be fetched. What was seen until then is kept: a failed attempt is evidence too. */
export class CaptureFailure extends AdapterFailure {
  constructor(
    /** Where it happened: an origin, never with credentials. */
    source: string,
    readonly reason: CaptureFailureReason,
    detail: string,
    /** The whole exchanges before the one that failed, in order. */
    readonly exchanges: readonly Exchange[],
    options?: ErrorOptions,
  ) {
    super(source, detail, TRANSIENT[reason], options);
  }
}
