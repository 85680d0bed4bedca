/** `paddock keys list`, `paddock keys rotate NAME` and `paddock keys end ledger`: beside a running server or without one. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PORTAL_KEYS, PORTAL_KEY_NAMES, PortalKeyName } from '@paddock/contracts';
import { DataSource } from 'typeorm';
import { readConfig, type Config } from './config.js';
import { configuredStore } from './configured-store.js';
import { serverOptions } from './database/connection.js';
import { reachDatabase } from './database/reached.js';
import { KeyRing } from './keyring/key-ring.js';
import { EventLog, type Origin } from './ledger/event-log.js';
import { ProgramRefusal, runProgram, say } from './program.js';
import { KeyRotation } from './rotation/key-rotation.service.js';
import { resealSome } from './rotation/resealing.js';

const CONNECTIONS = 2;
/** Who has the machine, and by it all keys, needs no account. */
const COMMAND: Origin = { account: null, requestId: 'command' };

type Standing = Awaited<ReturnType<KeyRotation['standingOf']>>;

const {
  values: { immediately = false },
  positionals: [command, name],
} = parseArgs({ allowPositionals: true, options: { immediately: { type: 'boolean' } } });

await runProgram('the command', async () => {
  const config = readConfig();
  if (!config.PADDOCK_DATABASE_URL && !existsSync(config.dataDir))
    throw new ProgramRefusal('no-portal', `there is no portal in ${config.dataDir}`, 'Give PADDOCK_DATA_DIR or PADDOCK_DATABASE_URL.');
  const reached = await reachDatabase(config, say);
  try {
    await withKeys(config, reached.url);
  } finally {
    await reached.leave();
  }
});

async function withKeys(config: Config, url: string): Promise<void> {
  const keys = await KeyRing.open(url, config);
  const database = new DataSource(serverOptions(url, CONNECTIONS));
  try {
    await database.initialize();
    const rotation = new KeyRotation(database, new EventLog(database), { config, keys, store: configuredStore(config) });
    await carryOut(rotation, () => resealSome(database, keys));
  } finally {
    await database.destroy();
    await keys.close();
  }
}

async function carryOut(rotation: KeyRotation, reseal: () => Promise<number>): Promise<void> {
  if (command === 'list') return (await rotation.standings()).items.forEach(show);
  const known = PortalKeyName.safeParse(name).data;
  if (!known) throw new ProgramRefusal('no-such-key', `${name} is no key of the portal`, `There are: ${PORTAL_KEY_NAMES.join(', ')}.`);
  if (command === 'end') {
    if (known !== 'ledger')
      throw new ProgramRefusal(
        'ends-by-itself',
        `the former key ${known} ends by itself`,
        'For a leak: `paddock keys rotate NAME --immediately`.',
      );
    await rotation.endFormerLedgerKey(COMMAND);
  } else {
    await rotation.rotate(COMMAND, known, immediately);
    await resealAll(reseal);
  }
  show(await rotation.standingOf(known));
}

/** A portal that runs would do it too; this does it for one that does not. */
async function resealAll(reseal: () => Promise<number>): Promise<void> {
  let all = 0;
  for (let done = await reseal(); done > 0; done = await reseal()) {
    all += done;
    say(`${all} sealed anew`);
  }
}

function show({ name: key, id, since, former, steps }: Standing): void {
  process.stdout.write(`${key}  ${id ?? 'none yet'}${since ? ` since ${since.toISOString()}` : ''}\n  ${PORTAL_KEYS[key]}\n`);
  for (const { id: old, until, waiting } of former) {
    const end = until
      ? `until ${until.toISOString()}`
      : waiting === null
        ? 'until it is taken away'
        : `until nothing needs it; ${waiting} do`;
    process.stdout.write(`  still taken: ${old}, ${end}\n`);
  }
  for (const [n, { text, state }] of steps.entries()) process.stdout.write(`  ${n + 1}. (${state}) ${text}\n`);
}
