/** `paddock restore`: puts a backup into an empty database and store, and rolls the ledger forward to what was published since. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backupIn } from './backup/backup-folders.js';
import { judgeBackup, restoreBackup, type Restored } from './backup/restore-backup.js';
import { claimedDatabase } from './claimed-database.js';
import { readConfig, type Config } from './config.js';
import { LogRecovery } from './ledger/recovery/log-recovery.js';
import { runProgram, say } from './program.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'without-person-keys': { type: 'boolean' }, 'without-objects': { type: 'boolean' } },
});

await runProgram('the restore', async () => {
  const config = readConfig();
  const folder = await backupIn(resolve(positionals[0]!));
  const wishes = { withPersonKeys: !values['without-person-keys'], withObjects: !values['without-objects'] };
  const manifest = await judgeBackup(config, folder, wishes);
  const database = await claimedDatabase(config);
  try {
    const urls = { ownerUrl: database.ownerUrl, serverUrl: database.url };
    tell(await restoreBackup(config, urls, { folder, manifest }, wishes));
    await rollForward(config, database.url);
  } finally {
    await database.leave();
  }
});

async function rollForward(config: Config, url: string): Promise<void> {
  const recovery = await LogRecovery.open(config, url);
  try {
    const { added, lost } = await recovery.rollForward();
    if (added > 0n)
      say(`the store knew ${added} entries of the ledger that the backup did not: they have their places again, their facts are lost`);
    if (lost === undefined) return say('the ledger goes on where it was');
    say(`the ledger cannot go on: ${lost}; see \`paddock ledger recover --help\``);
    process.exitCode = 3;
  } finally {
    await recovery.close();
  }
}

function tell({ manifest, missingKeys, missingObjects, erasures }: Restored): void {
  process.stdout.write(`restored the portal of ${manifest.takenAt}\n`);
  for (const key of missingKeys) say(`the backup has no ${key}, and none is configured: a new one will be made at the first start`);
  if (erasures === undefined)
    say('no list of erasures lies beside the backup: who was erased since it was made is back, unless the store knows');
  else say(`${erasures} erasures are new to the store; whoever they are of is erased again at the first start`);
  for (const key of missingObjects.slice(0, 10)) say(`the store lacks the object ${key}`);
  if (missingObjects.length > 0) say(`${missingObjects.length} objects of the backup's inventory are missing in the store: put them back`);
}
