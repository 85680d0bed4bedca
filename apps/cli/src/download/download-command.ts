import type { Command } from 'commander';
import type { Portal } from '../portal/portal.js';
import { watchWith } from '../portal/transfer-watch.js';
import { formatBytes, startProgress } from '../terminal/byte-progress.js';
import { CliFailure, EXIT } from '../cli-failure.js';
import { DeliveryApi, type Manifest } from './delivery-api.js';
import { downloadRelease } from './download-release.js';
import { downloadByTorrent } from './torrent/download-by-torrent.js';

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
    .option('--torrent', 'from the swarm of its licensees, with links for what it does not give')
    .addHelpText('after', HELP)
    .action(async (model: string, release: string, { dir, path, torrent = false }: Asked) => {
      if (torrent && path)
        throw new CliFailure('wrong-use', 'a torrent is of the whole release', 'Leave out --path or --torrent.', EXIT.refusedHere);
      await download(new DeliveryApi(await openPortal(), model, release, path), dir, torrent);
    });
}

interface Asked {
  dir: string;
  path?: string[];
  torrent?: boolean;
}

/** A swarm that gives nothing for so long is left. */
const STALLED_AFTER_MS = 30_000;

async function download(api: DeliveryApi, directory: string, torrent: boolean): Promise<void> {
  const manifest = await api.links();
  const bytes = manifest.artifacts.reduce((sum, artifact) => sum + artifact.size, 0);
  const shared = torrent ? await fromSwarm(api, manifest, directory, bytes) : 0;
  const progress = startProgress(bytes);
  const watch = watchWith(progress, 'downloaded');
  const fetched = await downloadRelease(api, manifest, directory, watch).finally(() => progress.stop());
  const present = manifest.artifacts.length - fetched - shared;
  process.stdout.write(
    `${api.model} ${manifest.release}: ${manifest.artifacts.length} files (${formatBytes(bytes)}) are complete and right in ${directory}: ` +
      `${shared > 0 ? `${shared} by torrent, ` : ''}${fetched} downloaded, ${present} already there\n`,
  );
}

function fromSwarm(api: DeliveryApi, manifest: Manifest, directory: string, bytes: number): Promise<number> {
  const progress = startProgress(bytes);
  return downloadByTorrent(api, manifest, directory, {
    onBytes: (count) => progress.add(count),
    onFallback: (reason) => progress.note(`the torrent brings nothing more (${reason}); links do`),
    stalledAfterMs: STALLED_AFTER_MS,
  }).finally(() => progress.stop());
}
