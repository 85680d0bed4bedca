import { formatVerifierKey, parseVerifierKey, refuseUnfitName, type WatchedLog } from '@paddock/ledger';
import type { Command } from 'commander';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CliFailure, EXIT } from '../cli-failure.js';
import { witnessServer } from './witness-server.js';
import { WitnessState } from './witness-state.js';

const HELP = `
It tells its own verifier key at start; whoever runs the log puts it into PADDOCK_LEDGER_WITNESSES with the address where
this witness is reached. A portal shows its log's verifier keys at /.well-known/paddock-ledger-keys.
The folder of --state must never be restored from a backup: it holds what the witness has sworn to.`;

interface WitnessOptions {
  name: string;
  log: string[];
  state: string;
  listen: string;
}

export function addWitnessCommand(program: Command): void {
  program
    .command('witness')
    .description('Cosign the checkpoints of ledgers, so that no one can be shown another one.')
    .requiredOption('--name <name>', 'name of this witness, as in witness.example.org/w1')
    .requiredOption('--log <vkey...>', 'verifier keys of the logs to watch; the name in a key is the origin of its log')
    .requiredOption('--state <folder>', 'where key and checkpoints are kept')
    .option('--listen <address>', 'HOST:PORT', '127.0.0.1:8481')
    .addHelpText('after', HELP)
    .action(witness);
}

async function witness({ name, log, state, listen }: WitnessOptions): Promise<void> {
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(listen) ?? [];
  if (host === undefined || Number(port) > 65535) throw unfit(`--listen ${listen} is no HOST:PORT`);
  const logs = understood(() => {
    refuseUnfitName(name);
    return watched(log);
  });
  const kept = await WitnessState.open(state, name);
  const say = (line: string) => void process.stderr.write(`${new Date().toISOString()} ${line}\n`);
  const server = witnessServer(kept, logs, say);
  server.listen(Number(port), host.replace(/^\[|\]$/g, ''));
  await once(server, 'listening').catch((error: Error) => {
    throw unfit(`cannot listen on ${listen}: ${error.message}`);
  });
  const { address, port: taken } = server.address() as AddressInfo;
  process.stdout.write(`${formatVerifierKey(kept.signer.key)}\nwitnessing ${logs.length} logs at http://${address}:${taken}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close());
  await once(server, 'close');
}

/** Keys of one name are keys of one log. */
function watched(vkeys: readonly string[]): WatchedLog[] {
  const keys = vkeys.map(parseVerifierKey);
  return [...new Set(keys.map(({ name }) => name))].map((origin) => ({ origin, keys: keys.filter(({ name }) => name === origin) }));
}

/** Faults in names and keys are the caller's. */
function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw unfit((error as Error).message);
  }
}

function unfit(detail: string): CliFailure {
  return new CliFailure('bad-witness', detail, 'Add --help to see how it is used.', EXIT.refusedHere);
}
