/** `paddock doctor`: examines configuration, database, store, keys and neighbors of a portal, beside a running server or without one. */
import { existsSync } from 'node:fs';
import { Client } from 'pg';
import { readConfig, SECRETS, type Config } from './config.js';
import { reachDatabase } from './database/reached.js';
import { examineDatabase } from './doctor/database-examination.js';
import { examined, look, type Finding } from './doctor/finding.js';
import { examineFiles, examineLedgerKey, examineSecret } from './doctor/key-examination.js';
import { examineBrowser, examineMail, examinePortal, examineRedis } from './doctor/neighbor-examination.js';
import { examineDisk, examineStore } from './doctor/store-examination.js';
import { runProgram, say } from './program.js';

await runProgram('the examination', async () => {
  const config = readConfig();
  const findings = await examineAll(config);
  const width = Math.max(...findings.map(({ part }) => part.length));
  for (const { part, state, detail, remedy } of findings) {
    process.stdout.write(`${state.padEnd(6)}  ${part.padEnd(width)}  ${detail}\n`);
    if (remedy !== undefined) process.stdout.write(`${' '.repeat(width + 10)}${remedy}\n`);
  }
  const count = findings.filter(({ state }) => state === 'broken').length;
  say(count === 0 ? 'nothing is broken' : `${count} of ${findings.length} are broken`);
  if (count > 0) process.exitCode = 1;
});

async function examineAll(config: Config): Promise<Finding[]> {
  if (!config.PADDOCK_DATABASE_URL && !existsSync(config.dataDir))
    return [look('portal', `there is none in ${config.dataDir}`, 'Give PADDOCK_DATA_DIR or PADDOCK_DATABASE_URL, or start one.')];
  return [
    ...(await examined('database', 'Look whether PADDOCK_DATABASE_URL is right, and whether PostgreSQL runs.', () => withDatabase(config))),
    ...(await examined('store', 'Look at PADDOCK_S3_…, or at the rights of PADDOCK_DATA_DIR/store.', () => examineStore(config))),
    ...(await examined('disk', 'Make PADDOCK_DATA_DIR, or give another one.', () => examineDisk(config))),
    ...(await examined('ledger key', 'docs/runbooks/lost-ledger-key.md says what to do.', () => examineLedgerKey(config))),
    ...(await examined('key files', 'Look at the files that PADDOCK_…_FILE name.', () => examineFiles(config, secretFiles()))),
    ...(await examined('mail', 'docs/runbooks/mail-server-down.md says what to do.', () => examineMail(config))),
    ...(await examined('redis', 'Look at PADDOCK_REDIS_URL; without it swarms are this process’s own.', () => examineRedis(config))),
    ...(await examined('browser', 'Set PADDOCK_CHROMIUM to a Chromium that can be run, or to `none`.', () => examineBrowser(config))),
    ...(await examined('portal', 'Look at its log.', () => examinePortal(config))),
  ];
}

function secretFiles(): string[] {
  return SECRETS.map((name) => process.env[`${name}_FILE`] ?? '').filter((file) => file !== '');
}

async function withDatabase(config: Config): Promise<Finding[]> {
  const database = await reachDatabase(config, say);
  try {
    const session = new Client({ connectionString: database.url, connectionTimeoutMillis: 5000 });
    await session.connect();
    try {
      const found = await examineDatabase(session, Date.now);
      const schema = found.every(({ part, state }) => part !== 'schema' || state === 'well');
      return schema
        ? [...found, ...(await examined('secret', 'Give PADDOCK_SECRET as the portal has it.', () => examineSecret(config, session)))]
        : found;
    } finally {
      await session.end();
    }
  } finally {
    await database.leave();
  }
}
