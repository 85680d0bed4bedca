/**
 * `paddock ledger check`: recomputes the ledger from its rows and compares tiles and checkpoints with it, beside a running
 * server or without one. One line a finding; exit 0 when the ledger is whole, 1 when it is not, 2 when that could not be told.
 */
import { checkLog, parseVerifierKey } from '@paddock/ledger';
import cliProgress from 'cli-progress';
import { existsSync } from 'node:fs';
import { Client } from 'pg';
import { readConfig, type Config } from './config.js';
import { configuredStore } from './configured-store.js';
import { reachDatabase } from './database/reached.js';
import { keysOfDatabase, rowsOfDatabase } from './ledger/check/rows-of-database.js';
import { TileStore } from './ledger/log/tile-store.js';

const say = (line: string) => void process.stderr.write(`paddock: ${line}\n`);

try {
  const config = readConfig();
  if (!config.PADDOCK_DATABASE_URL && !existsSync(config.dataDir)) throw new Error(`there is no portal in ${config.dataDir}`);
  const database = await reachDatabase(config, say);
  try {
    process.exitCode = (await check(config, database.url)) === 0 ? 0 : 1;
  } finally {
    await database.leave();
  }
} catch (error) {
  say(`the ledger could not be checked: ${(error as Error).message}`);
  process.exitCode = 2;
}

/** How many findings there were. */
async function check(config: Config, url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const bar = new cliProgress.SingleBar({
    stream: process.stderr,
    clearOnComplete: true,
    format: '{bar} {value} of {total} entries  {eta} s left',
  });
  let findings = 0;
  let entries = 0n;
  try {
    const keys = (await keysOfDatabase(client)).map(parseVerifierKey);
    const tiles = new TileStore(configuredStore(config));
    const source = {
      tile: (tile: Parameters<TileStore['read']>[0]) => tiles.read(tile),
      published: () => tiles.checkpoint(),
      rows: rowsOfDatabase(client),
    };
    if (process.stderr.isTTY) bar.start(0, 0);
    for await (const step of checkLog(source, keys)) {
      if ('fault' in step) {
        findings += 1;
        process.stdout.write(`${step.where}: ${step.fault}\n`);
      } else if ('notice' in step) {
        process.stdout.write(`${step.where}: ${step.notice}\n`);
      } else {
        entries = step.done;
        bar.setTotal(Number(step.of));
        bar.update(Number(step.done));
      }
    }
  } finally {
    bar.stop();
    await client.end();
  }
  process.stdout.write(`${entries} entries: ${findings === 0 ? 'the ledger is whole' : `${findings} findings`}\n`);
  return findings;
}
