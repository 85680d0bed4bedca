import { AdapterFailure } from '@paddock/domain';
import type { Exchange } from './exchange.js';

/** Why a source could not be fetched, each with whether the same capture may go through later. */
const TRANSIENT = {
  'address-refused': false,
  unreachable: true,
  'tls-refused': false,
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
    /** An origin, which holds no credentials. */
    readonly source: string,
    readonly reason: CaptureFailureReason,
    readonly detail: string,
    /** The exchanges that came to their end, in order. */
    readonly exchanges: readonly Exchange[] = [],
    options?: ErrorOptions,
  ) {
    super(source, detail, TRANSIENT[reason], options);
  }

  /** The same failure, after these exchanges. */
  after(exchanges: readonly Exchange[]): CaptureFailure {
    return new CaptureFailure(this.source, this.reason, this.detail, exchanges, { cause: this.cause });
  }
}
