import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { AnsweredNo, CliFailure, EXIT } from '../cli-failure.js';

export type ServerProgram = 'backup' | 'restore' | 'keys' | 'doctor' | 'migrate' | 'ledger-check' | 'ledger-recover';

/** What every such command is told first: it reads the portal's own configuration. */
export const ON_THE_MACHINE = `
It runs on the portal's machine, with the portal's own environment (PADDOCK_DATA_DIR, PADDOCK_DATABASE_URL, PADDOCK_S3_…).`;

/** Runs a program of the server's, which alone knows database and store. Throws AnsweredNo with its exit code where that is not 0. */
export async function runServerProgram(name: ServerProgram, args: readonly string[] = []): Promise<void> {
  const server = spawn(process.execPath, [fileOf(name), ...args], { stdio: 'inherit' });
  const [code] = (await once(server, 'exit')) as [number | null];
  if (code !== 0) throw new AnsweredNo(code ?? 2);
}

function fileOf(name: ServerProgram): string {
  try {
    return fileURLToPath(import.meta.resolve(`@paddock/server/${name}`));
  } catch {
    throw new CliFailure('no-server', 'the portal’s server is not installed here', 'Run it on the portal’s machine.', EXIT.refusedHere);
  }
}
