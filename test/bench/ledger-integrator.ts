/**
 * The portal's log writer in a process of its own, round after round as the server's sweep runs it. Tells after each round
 * how many entries are published, and when.
 */
import { diskStore } from '@paddock/storage';
import { Client } from 'pg';
import type { PoolClient } from 'pg';
import { setTimeout } from 'node:timers/promises';
import { ofServer } from './support/postgres.ts';

export interface IntegratorParameters {
  serverUrl: string;
  folder: string;
}

export interface Published {
  size: number;
  at: number;
}

const everyMs = 200;
const batch = 8192;
const { LogWriter } = await ofServer<typeof import('../../apps/server/src/ledger/log/log-writer.js')>('ledger/log/log-writer.js');
const { TileStore } = await ofServer<typeof import('../../apps/server/src/ledger/log/tile-store.js')>('ledger/log/tile-store.js');

process.once('message', ({ serverUrl, folder }: IntegratorParameters) => void integrate(serverUrl, folder));
process.once('disconnect', () => process.exit());

async function integrate(serverUrl: string, folder: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  const settings = { PADDOCK_LEDGER_ORIGIN: 'bench.example/ledger', PADDOCK_LEDGER_KEY: 'a'.repeat(64), dataDir: folder };
  const writer = new LogWriter(
    new TileStore(diskStore({ root: folder })),
    { PADDOCK_LEDGER_PREVIOUS_KEY: undefined, ...settings },
    async () => undefined,
  );
  for (;;) {
    const { integrated, size } = await writer.round(client as unknown as PoolClient, 'http://bench.example', batch);
    process.send?.({ size: Number(size), at: Date.now() } satisfies Published);
    if (integrated < batch) await setTimeout(everyMs);
  }
}
