/** Why the log is not made longer, and what an operator does about it. Entries are accepted meanwhile (decision 0021). */
export const HALTS = {
  'database-behind':
    'The database knows less than was published: it was restored from an older backup. `paddock ledger recover` takes what is missing from the store.',
  forked:
    'Another log was published than the database holds. Find out which of them licensees rely on; to go on with this one, `paddock ledger recover` opens a new log.',
  'witness-ahead':
    'A witness has seen more of this log than the database holds: it was restored from an older backup. Restore a newer one; where there is none, `paddock ledger recover` opens a new log.',
  'unknown-key':
    'The checkpoint is signed by a key that this process does not hold. Give it PADDOCK_LEDGER_KEY, and PADDOCK_LEDGER_PREVIOUS_KEY where keys change. Where the key is lost, `paddock ledger recover` opens a new log.',
  'origin-changed': 'PADDOCK_LEDGER_ORIGIN is not the name under which this log began. Take it away, or set it back.',
  'store-damaged':
    'The tiles in the store are not those of the checkpoint beside them. `paddock ledger check` names them; where ledger/checkpoint is taken out of the store, all are written again.',
  'entries-changed': 'The entries in the database are not those that were signed. `paddock ledger check` names the first of them.',
} as const;
export type HaltReason = keyof typeof HALTS;

/** The log must not be made longer: a signature now could contradict an earlier one. */
export class LogHalt extends Error {
  override readonly name = 'LogHalt';

  constructor(
    readonly reason: HaltReason,
    readonly detail: string,
  ) {
    super(`${reason}: ${detail}`);
  }
}
