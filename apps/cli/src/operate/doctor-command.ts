import type { Command } from 'commander';
import { ON_THE_MACHINE, runServerProgram } from './server-program.js';

const HELP = `
${ON_THE_MACHINE.trim()}
The portal may run meanwhile. Each line says of one part how it is: \`well\`, \`look\` (it works, and you should know), or
\`broken\`, with what to do about it below. Nothing is changed, and no mail is sent.

Exit codes: 0 nothing is broken, 1 something is, 2 the configuration has faults, or it could not be told.`;

/** Says what is wrong with a portal before its users do. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Examine configuration, database, store, keys, mail and disk, and say what to do.')
    .addHelpText('after', HELP)
    .action(() => runServerProgram('doctor'));
}
