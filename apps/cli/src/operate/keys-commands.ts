import type { Command } from 'commander';
import { ON_THE_MACHINE, runServerProgram } from './server-program.js';

const HELP = `
${ON_THE_MACHINE.trim()}
The portal may run meanwhile, and every process takes a new key within a second. \`list\` says of each key what names it, since
when it is, which former ones are still taken and until when, and what a rotation does. No key is ever shown.

Exit codes: 0 done, 1 refused and nothing changed, 2 failed.`;

/** Keys of the portal: how they stand, and new ones in their place. */
export function addKeysCommands(program: Command): void {
  const keys = program.command('keys').description('Look at the portal’s keys, and rotate them.').addHelpText('after', HELP);
  keys
    .command('list')
    .description('Say how each key stands.')
    .action(() => runServerProgram('keys', ['list']));
  keys
    .command('rotate <name>')
    .description('Put a new key in the place of one; the former is taken for a while.')
    .option('--immediately', 'refuse the former at once, as after a leak (links, sessions, passkeys)')
    .action((name: string, { immediately }: { immediately?: boolean }) =>
      runServerProgram('keys', ['rotate', ...(immediately ? ['--immediately'] : []), '--', name]),
    );
  keys
    .command('end <name>')
    .description('Let the ledger’s former key sign no more.')
    .action((name: string) => runServerProgram('keys', ['end', '--', name]));
}
