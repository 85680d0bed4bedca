import type { Command } from 'commander';
import { posix } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { CliFailure, EXIT } from '../cli-failure.js';
import type { Portal } from '../portal/portal.js';
import { watchWith } from '../portal/transfer-watch.js';
import { formatBytes, startProgress } from '../terminal/byte-progress.js';
import { table } from '../terminal/table.js';
import { publishRelease } from './publish-release.js';
import { PublishingApi } from './publishing-api.js';
import { scanDirectory } from './scan-directory.js';

interface PublishOptions {
  model: string;
  release: string;
  license?: string;
  public: string[];
  draft?: boolean;
  yes?: boolean;
}

const HELP = `
Run it again after any interruption: it goes on after the last byte that the portal has.
The token needs the scope "publish".`;

export function addPublishCommand(program: Command, openPortal: () => Promise<Portal>): void {
  program
    .command('publish')
    .description('Upload every file of a directory as a release of a model, and publish it.')
    .argument('<directory>', 'files below it keep their relative paths')
    .requiredOption('--model <slug>', 'the model, as PUBLISHER-MODEL')
    .requiredOption('--release <name>', 'its release; a name never carries other bytes later')
    .option('--license <slug>', "license of a new release (default: the model's)")
    .option('--public <glob...>', 'files that anyone may fetch without a grant, such as "*.md" or "**/LICENSE"', [])
    .option('--draft', 'upload, but do not publish yet')
    .option('--yes', 'do not ask before publishing')
    .addHelpText('after', HELP)
    .action(async (directory: string, options: PublishOptions) => publish(directory, options, await openPortal()));
}

async function publish(directory: string, options: PublishOptions, portal: Portal): Promise<void> {
  const files = await scanDirectory(directory);
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  const name = `${options.model} ${options.release}`;
  if (!options.draft && !options.yes) {
    await confirm(`Publish ${files.length} files (${formatBytes(bytes)}) as ${name}? Published bytes never change.`);
  }
  const started = performance.now();
  const progress = startProgress(bytes);
  const accessOf = (path: string) => (options.public.some((glob) => posix.matchesGlob(path, glob)) ? 'public' : 'gated');
  const api = new PublishingApi(portal, options.model, options.release);
  const publication = { files, accessOf, license: options.license, draft: options.draft === true };
  const uploaded = await publishRelease(api, publication, watchWith(progress, 'uploaded')).finally(() => progress.stop());
  const sent = uploaded.filter((file) => file.sent).reduce((sum, file) => sum + file.size, 0);
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(
    `${table(
      ['PATH', 'SIZE', 'SHA-256'],
      uploaded.map((file) => [file.path, String(file.size), file.sha256]),
    )}\n\n` +
      `${name} is ${options.draft ? 'a draft' : 'published'}: ${formatBytes(sent)} sent in ${seconds.toFixed(1)} s (${formatBytes(sent / seconds)}/s)\n` +
      `${pageOf(portal, options)}\n`,
  );
}

function pageOf(portal: Portal, { model, release }: PublishOptions): URL {
  return new URL(`/models/${encodeURIComponent(model)}/releases/${encodeURIComponent(release)}`, portal.origin);
}

/** Only a person at a terminal is asked; a script said what it wants. */
async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `).finally(() => terminal.close());
  if (/^y(es)?$/i.test(answer.trim())) return;
  throw new CliFailure('not-confirmed', 'nothing was uploaded', 'Answer "y", or add --yes.', EXIT.refusedHere);
}
