import { verifyEvidence, type EvidenceCheck } from '@paddock/ledger';
import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { AnsweredNo, CliFailure, EXIT } from '../cli-failure.js';

const HELP = `
It asks nobody anything. Without --key the file's own keys are used: then compare the log's with what others know of it.

Exit codes: 0 nothing failed, 1 something did.`;

const MARKS: Readonly<Record<EvidenceCheck['state'], string>> = { ok: 'ok     ', failed: 'FAILED ', unknown: 'open   ' };

export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('Verify the evidence of an acceptance, offline.')
    .argument('<file>', 'the evidence, as the portal gave it out')
    .option('--key <vkey...>', 'verifier keys of the log, and of witnesses, that are trusted')
    .addHelpText('after', HELP)
    .action(verify);
}

async function verify(file: string, { key }: { key?: string[] }): Promise<void> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new CliFailure('unreadable', `cannot read ${file}: ${error.message}`, '', EXIT.refusedHere);
  });
  const checks = verifyEvidence(bytes, key ? { trustedKeys: key } : {});
  // What stands in the file must not move the cursor or recolor the terminal.
  const lines = checks.map(({ state, name, sentence }) => `${MARKS[state]}${name.padEnd(11)} ${sentence.replaceAll(/\p{Cc}/gu, '')}`);
  const failed = checks.filter(({ state }) => state === 'failed').length;
  process.stdout.write(`${lines.join('\n')}\n${failed === 0 ? 'The evidence holds.' : 'The evidence does not hold.'}\n`);
  if (failed > 0) throw new AnsweredNo(1);
}
