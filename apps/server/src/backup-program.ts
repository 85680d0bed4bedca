/** `paddock backup`: keeps database, inventory of the store, and keys in a folder, beside a running server or without one. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { keepErasures } from './backup/erasure-copies.js';
import { takeBackup, type TakenBackup } from './backup/take-backup.js';
import { readConfig, type Config } from './config.js';
import { configuredStore } from './configured-store.js';
import { reachDatabase } from './database/reached.js';
import { ProgramRefusal, runProgram, say } from './program.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'with-objects': { type: 'boolean' },
    'without-person-keys': { type: 'boolean' },
    'without-keys': { type: 'boolean' },
    'erasures-only': { type: 'boolean' },
    'person-keys-days': { type: 'string', default: '30' },
  },
});

await runProgram('the backup', async () => {
  const config = readConfig();
  const parent = resolve(positionals[0]!);
  if (values['erasures-only']) {
    const erasures = await keepErasures(configuredStore(config), parent);
    return say(`${erasures} erasures were added to ${parent}/erasures`);
  }
  if (!config.PADDOCK_DATABASE_URL && !existsSync(config.dataDir))
    throw new ProgramRefusal('no-portal', `there is no portal in ${config.dataDir}`, 'Give PADDOCK_DATA_DIR or PADDOCK_DATABASE_URL.');
  tell(await take(config, parent));
});

async function take(config: Config, parent: string): Promise<TakenBackup> {
  const database = await reachDatabase(config, say);
  try {
    const wishes = {
      withObjects: values['with-objects'] === true,
      withPersonKeys: !values['without-person-keys'],
      withKeys: !values['without-keys'],
      personKeysDays: Number(values['person-keys-days']),
    };
    return await takeBackup(config, database.url, parent, wishes, new Date());
  } finally {
    await database.leave();
  }
}

function tell({ folder, manifest: { tables, keys, personKeys, store }, damaged, erasures, forgotten }: TakenBackup): void {
  process.stdout.write(`${folder}\n`);
  say(`${tables.length} tables; ${store.objects} objects of ${store.bytes} bytes, ${store.copied ? 'copied' : 'by name only'}`);
  if (keys.length > 0) say('the keys lie in keys/ in clear: whoever can read the backup can read everything that is sealed in it');
  if (keys.length === 0) say('the keys are not in it: without PADDOCK_SECRET nothing that is sealed can be read again');
  if (!personKeys) say('the person keys are not in it: after a restore nothing that is sealed can be read');
  say(`${erasures} erasures were added to the list beside it; the person keys of ${forgotten} older backups were deleted`);
  for (const key of damaged) say(`the object ${key} is not what is on record`);
  if (damaged.length > 0) process.exitCode = 2;
}
