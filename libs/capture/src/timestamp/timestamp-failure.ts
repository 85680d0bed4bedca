import { AdapterFailure } from '@paddock/domain';

export type TimestampFault =
  'malformed' | 'rejected' | 'wrong-imprint' | 'wrong-nonce' | 'bad-signature' | 'wrong-purpose' | 'untrusted' | 'not-valid-then';

/** A time stamp that proves nothing. The same token will not prove more later. */
export class TimestampFailure extends AdapterFailure {
  constructor(
    readonly fault: TimestampFault,
    detail: string,
    options?: ErrorOptions,
  ) {
    super('time-stamp authority', detail, false, options);
  }
}
