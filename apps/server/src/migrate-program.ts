/** `paddock migrate`: brings the schema up to date as its owner. Servers then need the URL of their own role alone. */
import { readConfig } from './config.js';
import { migrate } from './database/migrate.js';
import { ProgramRefusal, runProgram, say } from './program.js';

await runProgram('the migration', async () => {
  const { PADDOCK_DATABASE_URL: serverUrl, PADDOCK_DATABASE_OWNER_URL: ownerUrl } = readConfig();
  if (!serverUrl)
    throw new ProgramRefusal('no-database', 'PADDOCK_DATABASE_URL is not set', 'The embedded one is migrated when it starts.');
  const done = await migrate(ownerUrl ?? serverUrl, serverUrl);
  for (const name of done) say(`  ${name}`);
  say('the schema is up to date');
});
