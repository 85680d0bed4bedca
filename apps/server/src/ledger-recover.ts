/**
 * `paddock ledger recover`: takes from the store the entries that the database lacks; where that is not enough, and a name for it
 * is given, opens a new log that says what is missing of the old one.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { successionSentence, type SuccessionReason } from '@paddock/ledger';
import { claimedDatabase } from './claimed-database.js';
import { readConfig } from './config.js';
import { LogRecovery } from './ledger/recovery/log-recovery.js';
import { endingOf, openNewOrigin, publishNewOrigin, unpublishedOrigin } from './ledger/recovery/new-origin.js';
import { ProgramRefusal, runProgram, say } from './program.js';

/** As PADDOCK_LEDGER_ORIGIN takes it. */
const ORIGIN = /^[^\s+]{1,200}$/;
/** What to look for before a log is given up. */
const BEFORE: Readonly<Record<SuccessionReason, string>> = {
  'entries-lost': 'Restore a newer backup, or the store as it was last.',
  forked: 'Find out which of the two logs licensees rely on.',
  'key-lost': 'Give PADDOCK_LEDGER_KEY as it was; a backup holds it as keys/ledger-key.',
};
const NEW_ORIGIN = 'If that cannot be done, add --new-origin NAME: a log of that name goes on, and says what is missing.';

const { values } = parseArgs({ options: { 'new-origin': { type: 'string' } } });

await runProgram('the recovery', async () => {
  const config = readConfig();
  const origin = values['new-origin'];
  if (origin !== undefined && !ORIGIN.test(origin))
    throw new ProgramRefusal('bad-origin', `${origin} is no name of a log`, 'Give a name without spaces and plus.');
  if (!config.PADDOCK_DATABASE_URL && !existsSync(config.dataDir))
    throw new ProgramRefusal('no-portal', `there is no portal in ${config.dataDir}`, 'Give PADDOCK_DATA_DIR or PADDOCK_DATABASE_URL.');
  const database = await claimedDatabase(config);
  try {
    const recovery = await LogRecovery.open(config, database.url);
    await recover(recovery, origin).finally(() => recovery.close());
  } finally {
    await database.leave();
  }
});

async function recover(recovery: LogRecovery, origin: string | undefined): Promise<void> {
  const begun = await unpublishedOrigin(recovery);
  if (begun) {
    await publishNewOrigin(recovery, begun);
    return say('the new log had been begun; it is published now');
  }
  const { added, lost } = await recovery.rollForward();
  if (added > 0n) say(`${added} entries that the store had have their places in the database again; their facts are lost`);
  const ending = await endingOf(recovery);
  if (!ending) return void process.stdout.write('the ledger can go on under its name\n');
  const { reason, kept, last } = ending;
  if (origin === undefined) {
    const detail = `${last.origin} was published up to size ${last.size}; the database holds ${kept} of its entries`;
    throw new ProgramRefusal(reason, lost ? `${detail} (${lost})` : detail, `${BEFORE[reason]} ${NEW_ORIGIN}`);
  }
  const { note, succession } = await openNewOrigin(recovery, ending, origin, new Date());
  process.stdout.write(`${successionSentence(succession)}\n${note}`);
  say(`take PADDOCK_LEDGER_ORIGIN away or set it to ${origin}; give witnesses the new verifier key of /.well-known/paddock-ledger-keys`);
}
