import { InvalidArgumentError, type Command } from 'commander';
import { ON_THE_MACHINE, runServerProgram } from './server-program.js';

const BACKUP_HELP = `
${ON_THE_MACHINE.trim()}
The portal may run meanwhile. Each backup is a new folder below FOLDER, readable by you alone:
  database/        every table, from one snapshot (COPY text, zstd)
  inventory.ndjson every object of the store by key, size and digest; with --with-objects also the objects, below objects/
  keys/            the portal's secret and the ledger's key, in clear: whoever can read them can read all that is sealed
  person-keys.zst  the keys of what is sealed of people; deleted in older backups after --person-keys-days
  manifest.json    digests of all of it
FOLDER/erasures is the list of erasures, which a restore of any of these backups carries out again. Run --erasures-only often:
it is quick, and whoever is erased after it ran would be back after a restore.
Objects in S3 are not copied: keep versions in the bucket. Of the environment only these two keys are kept.

Exit codes: 0 done, 1 refused, 2 failed, or an object is not what is on record.`;

const RESTORE_HELP = `
${ON_THE_MACHINE.trim()}
Stop the portal first. FOLDER is a backup, or the folder of backups, of which the newest is taken. It is refused where the
database or the store holds anything, where a file of the backup was changed, and where a later version made it.
Afterwards the ledger is rolled forward to what the store has published since. Start the portal: who was erased is erased again.

Exit codes: 0 done, 1 refused and nothing changed, 2 failed, 3 restored, and the ledger cannot go on (see: ledger recover).`;

/** Keep a portal, and put it back. */
export function addBackupCommands(program: Command): void {
  program
    .command('backup <folder>')
    .description('Keep the portal’s database, the inventory of its store, and its keys.')
    .option('--with-objects', 'copy the objects too (files on disk only)')
    .option('--without-person-keys', 'leave out the keys of what is sealed of people')
    .option('--without-keys', 'leave out the portal’s secret and the ledger’s key, which you keep elsewhere')
    .option('--person-keys-days <days>', 'delete the person keys of backups that are older', days, '30')
    .option('--erasures-only', 'only bring the list of erasures up to date')
    .addHelpText('after', BACKUP_HELP)
    .action((folder: string, options: Record<string, string | boolean>) => runServerProgram('backup', [...flags(options), '--', folder]));
  program
    .command('restore <folder>')
    .description('Put a backup into an empty database and store.')
    .option('--without-person-keys', 'without what is sealed of people: it is then gone for good')
    .option('--without-objects', 'go on with the objects that are in the store')
    .addHelpText('after', RESTORE_HELP)
    .action((folder: string, options: Record<string, string | boolean>) => runServerProgram('restore', [...flags(options), '--', folder]));
}

/** As the server's programs take them. */
function flags(options: Record<string, string | boolean>): string[] {
  return Object.entries(options).map(([name, value]) => {
    const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return value === true ? flag : `${flag}=${value}`;
  });
}

function days(text: string): string {
  if (/^\d{1,5}$/.test(text)) return text;
  throw new InvalidArgumentError('It is a number of days.');
}
