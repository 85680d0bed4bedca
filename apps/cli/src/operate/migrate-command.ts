import type { Command } from 'commander';
import { ON_THE_MACHINE, runServerProgram } from './server-program.js';

const HELP = `
${ON_THE_MACHINE.trim()}
A server does this itself when it starts. Where servers are not to have PADDOCK_DATABASE_OWNER_URL, run this first: they then
start with PADDOCK_DATABASE_URL alone, and end with an error while the schema is older than they are.

Exit codes: 0 the schema is up to date, 1 refused, 2 failed, and the migration that failed changed nothing.`;

/** Lets the owner of the schema work for a moment, and servers never. */
export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('Bring the portal’s database up to date as its owner.')
    .addHelpText('after', HELP)
    .action(() => runServerProgram('migrate'));
}
