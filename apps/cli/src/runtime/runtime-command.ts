import type { Command } from 'commander';
import type { Portal } from '../portal/portal.js';
import { addImportCommand } from './import-command.js';
import { addVerifyRuntimeCommand } from './verify/verify-command.js';

export function addRuntimeCommand(
  program: Command,
  openPortal: () => Promise<Portal>,
  env: Readonly<Record<string, string | undefined>>,
): void {
  const runtime = program.command('runtime').description('Runtime images on the portal.');
  addImportCommand(runtime, openPortal, env);
  addVerifyRuntimeCommand(runtime, openPortal, env);
}
