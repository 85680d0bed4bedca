import { Command, CommanderError } from 'commander';
import { homedir } from 'node:os';
import { AnsweredNo, CliFailure, EXIT } from './cli-failure.js';
import { addDownloadCommand } from './download/download-command.js';
import { addLedgerCommands } from './ledger/ledger-commands.js';
import { addBackupCommands } from './operate/backup-commands.js';
import { addDoctorCommand } from './operate/doctor-command.js';
import { addKeysCommands } from './operate/keys-commands.js';
import { addMigrateCommand } from './operate/migrate-command.js';
import { findToken } from './portal/access-token.js';
import { Portal } from './portal/portal.js';
import { addPublishCommand } from './publish/publish-command.js';
import { addRuntimeCommand } from './runtime/runtime-command.js';
import { printable } from './terminal/printable.js';
import { addVerifyCommand } from './verify/verify-command.js';
import { addWitnessCommand } from './witness/witness-command.js';

const HELP = `
Environment:
  PADDOCK_URL         address of the portal
  PADDOCK_TOKEN       access token
  PADDOCK_TOKEN_FILE  file that holds it, mode 0600 (default ~/.config/paddock/token)

Exit codes:
  0  done                                4  bytes differ from what they should be
  1  wrong use, or the files are unfit   5  there is no usable access token
  2  the portal refused                  6  cannot write the files
  3  the network or the portal failed  130  interrupted`;

/** Runs one command line and returns the exit code. Results go to stdout, everything else to stderr. */
export async function run(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Promise<number> {
  try {
    await program(env).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.refusedHere;
    if (error instanceof AnsweredNo) return error.exitCode;
    if (!(error instanceof CliFailure)) throw error;
    process.stderr.write(printable(`${error.code}: ${error.detail}\n${error.remedy ? `  ${error.remedy}\n` : ''}`));
    return error.exitCode;
  }
}

function program(env: Readonly<Record<string, string | undefined>>): Command {
  const program = new Command('paddock')
    .description('Publish and download model weights on a Paddock portal, and verify, check and witness its ledger.')
    .option('--portal <url>', 'address of the portal', env['PADDOCK_URL'] ?? 'http://127.0.0.1:8080')
    .option('--token-file <file>', 'file that holds the access token, readable by you alone')
    .addHelpText('after', HELP)
    .showHelpAfterError('Add --help to see how it is used.')
    .exitOverride();
  const openPortal = async () => {
    const { portal, tokenFile } = program.opts<{ portal: string; tokenFile?: string }>();
    return new Portal(originOf(portal), await findToken({ tokenFile, env, home: homedir() }));
  };
  const openPortalAsAnyone = async () => {
    try {
      return await openPortal();
    } catch (error) {
      if (!(error instanceof CliFailure) || error.code !== 'no-token') throw error;
      return new Portal(originOf(program.opts<{ portal: string }>().portal), undefined);
    }
  };
  addPublishCommand(program, openPortal);
  addDownloadCommand(program, openPortalAsAnyone);
  addRuntimeCommand(program, openPortal, env);
  addVerifyCommand(program);
  addWitnessCommand(program);
  addBackupCommands(program);
  addDoctorCommand(program);
  addMigrateCommand(program);
  addKeysCommands(program);
  addLedgerCommands(program, () => originOf(program.opts<{ portal: string }>().portal));
  return program;
}

function originOf(address: string): string {
  const url = URL.parse(address);
  if (url && /^https?:$/.test(url.protocol) && !url.username) return url.origin;
  const detail = `not the address of a portal: ${address}`;
  throw new CliFailure('bad-portal', detail, 'Give it as https://host or http://127.0.0.1:8080.', EXIT.refusedHere);
}
