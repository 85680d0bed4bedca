import type { Command } from 'commander';
import type { Portal } from '../portal/portal.js';
import { watchWith } from '../portal/transfer-watch.js';
import { formatBytes, startProgress } from '../terminal/byte-progress.js';
import { DeliveryApi } from './delivery-api.js';
import { downloadRelease } from './download-release.js';

const HELP = `
Run it again after any interruption: it goes on where it stopped and skips what is right.
The token needs the scopes "read" and "download"; open models need none.`;

export function addDownloadCommand(program: Command, openPortal: () => Promise<Portal>): void {
  program
    .command('download')
    .description('Download a release that you hold a grant for, and check the SHA-256 of every file.')
    .argument('<model>', 'the model, as PUBLISHER-MODEL')
    .argument('<release>', 'its release')
    .option('--dir <directory>', 'where the files go', '.')
    .option('--path <path...>', 'only these files of the release')
    .addHelpText('after', HELP)
    .action(async (model: string, release: string, { dir, path }: { dir: string; path?: string[] }) => {
      await download(new DeliveryApi(await openPortal(), model, release, path), dir);
    });
}

async function download(api: DeliveryApi, directory: string): Promise<void> {
  const manifest = await api.links();
  const bytes = manifest.artifacts.reduce((sum, artifact) => sum + artifact.size, 0);
  const progress = startProgress(bytes);
  const watch = watchWith(progress, 'downloaded');
  const fetched = await downloadRelease(api, manifest, directory, watch).finally(() => progress.stop());
  const present = manifest.artifacts.length - fetched;
  process.stdout.write(
    `${api.model} ${manifest.release}: ${manifest.artifacts.length} files (${formatBytes(bytes)}) are complete and right in ${directory}: ` +
      `${fetched} downloaded, ${present} already there\n`,
  );
}
