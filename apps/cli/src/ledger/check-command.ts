import { checkLog, parseVerifierKey } from '@paddock/ledger';
import type { Command } from 'commander';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { AnsweredNo, CliFailure, EXIT } from '../cli-failure.js';
import { PublishedLog } from './published-log.js';

const HELP = `
On the portal's machine, with the portal's own environment (PADDOCK_DATA_DIR, PADDOCK_DATABASE_URL, PADDOCK_S3_…), it reads
the database and the store, whether the portal runs or not. With --public it reads the log over HTTP, as anyone may; --vkey
then says which keys are trusted, else the portal's own word is taken.

Exit codes: 0 the ledger is whole, 1 it is not, 2 that could not be told.`;

export function addLedgerCommand(program: Command, originOf: () => string): void {
  program
    .command('ledger')
    .description('Look after the ledger.')
    .command('check')
    .description('Recompute the ledger from its entries, and name what differs.')
    .option('--public', 'check what the portal publishes, over HTTP')
    .option('--vkey <vkey...>', 'verifier keys of the log that are trusted')
    .addHelpText('after', HELP)
    .action(async (options: { public?: boolean; vkey?: string[] }) => {
      const code = options.public ? await checkPublished(originOf(), options.vkey) : await checkHere();
      if (code !== 0) throw new AnsweredNo(code);
    });
}

/** By the server's own program: it alone knows database and store. */
async function checkHere(): Promise<number> {
  const server = spawn(process.execPath, [serverProgram()], { stdio: 'inherit' });
  const [code] = (await once(server, 'exit')) as [number | null];
  return code ?? 2;
}

function serverProgram(): string {
  try {
    return fileURLToPath(import.meta.resolve('@paddock/server/ledger-check'));
  } catch {
    const detail = 'the portal’s server is not installed here';
    throw new CliFailure('no-server', detail, 'Run it on the portal’s machine, or with --public.', EXIT.refusedHere);
  }
}

async function checkPublished(origin: string, trusted: string[] | undefined): Promise<number> {
  const log = new PublishedLog(origin);
  let findings = 0;
  let entries = 0n;
  for await (const step of checkLog(log, (trusted ?? (await log.vkeys())).map(parseVerifierKey))) {
    if ('done' in step) entries = step.done;
    else process.stdout.write(`${step.where}: ${step.fault}\n`);
    findings += 'fault' in step ? 1 : 0;
  }
  process.stdout.write(`${entries} entries: ${findings === 0 ? 'the published ledger is whole' : `${findings} findings`}\n`);
  return findings === 0 ? 0 : 1;
}
