import { checkLog, parseVerifierKey } from '@paddock/ledger';
import type { Command } from 'commander';
import { AnsweredNo } from '../cli-failure.js';
import { ON_THE_MACHINE, runServerProgram } from '../operate/server-program.js';
import { PublishedLog } from './published-log.js';

const HELP = `
On the portal's machine, with the portal's own environment (PADDOCK_DATA_DIR, PADDOCK_DATABASE_URL, PADDOCK_S3_…), it reads
the database and the store, whether the portal runs or not. With --public it reads the log over HTTP, as anyone may; --vkey
then says which keys are trusted, else the portal's own word is taken.

Exit codes: 0 the ledger is whole, 1 it is not, 2 that could not be told.`;

const RECOVER_HELP = `
${ON_THE_MACHINE.trim()}
Entries that the store has and the database lacks get their places again. Where a witness, or a damaged store, shows that
entries are lost, or where the key is, nothing more is done without --new-origin: then the log ends, and one of another name goes
on with its entries. The next entry says in the open which log that was, its last known checkpoint, and which entries are missing.
What was published of the log that ended is kept in the store below ledger-ended/. Stop the portal for it.

Exit codes: 0 the ledger can go on, 1 refused, 2 failed.`;

export function addLedgerCommands(program: Command, originOf: () => string): void {
  const ledger = program.command('ledger').description('Look after the ledger.');
  ledger
    .command('check')
    .description('Recompute the ledger from its entries, and name what differs.')
    .option('--public', 'check what the portal publishes, over HTTP')
    .option('--vkey <vkey...>', 'verifier keys of the log that are trusted')
    .addHelpText('after', HELP)
    .action(async (options: { public?: boolean; vkey?: string[] }) => {
      if (!options.public) return runServerProgram('ledger-check');
      const code = await checkPublished(originOf(), options.vkey);
      if (code !== 0) throw new AnsweredNo(code);
    });
  ledger
    .command('recover')
    .description('Go on with a ledger whose database lacks what was published.')
    .option('--new-origin <name>', 'where entries or the key are lost for good: the name under which a new log goes on')
    .addHelpText('after', RECOVER_HELP)
    .action((options: { newOrigin?: string }) =>
      runServerProgram('ledger-recover', options.newOrigin === undefined ? [] : [`--new-origin=${options.newOrigin}`]),
    );
}

async function checkPublished(origin: string, trusted: string[] | undefined): Promise<number> {
  const log = new PublishedLog(origin);
  let findings = 0;
  let entries = 0n;
  for await (const step of checkLog(log, (trusted ?? (await log.vkeys())).map(parseVerifierKey))) {
    if ('done' in step) entries = step.done;
    else process.stdout.write(`${step.where}: ${'fault' in step ? step.fault : step.notice}\n`);
    findings += 'fault' in step ? 1 : 0;
  }
  process.stdout.write(`${entries} entries: ${findings === 0 ? 'the published ledger is whole' : `${findings} findings`}\n`);
  return findings === 0 ? 0 : 1;
}
