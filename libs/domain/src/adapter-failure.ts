/** Something outside Paddock broke: a store, a database, a mail server. Never a rule that said no (that is a Refusal). */
export class AdapterFailure extends Error {
  override readonly name = 'AdapterFailure';

  constructor(
    readonly adapter: string,
    message: string,
    /** True when the same call may go through later. */
    readonly transient: boolean,
    options?: ErrorOptions,
  ) {
    super(`${adapter}: ${message}`, options);
  }
}
