import { isNameComponent, isTag } from '@paddock/domain';
import { Option, type Command } from 'commander';
import { CliFailure, EXIT } from '../cli-failure.js';
import type { Portal } from '../portal/portal.js';
import { watchWith } from '../portal/transfer-watch.js';
import { formatBytes, startProgress } from '../terminal/byte-progress.js';
import { readGraph } from './image-graph.js';
import { importImage } from './import-image.js';
import { RuntimesApi } from './runtimes-api.js';
import { openSource } from './sources/open-source.js';

interface ImportOptions {
  name: string;
  tag: string[];
  image?: string;
  access?: 'public' | 'licensees';
}

const HELP = `
SOURCE is an OCI layout directory, an archive of one (tar), or docker://host/repository:tag or @sha256:…
Run it again after any interruption: what the portal has is not sent again. The token needs the scope "publish".
PADDOCK_SOURCE_USER and PADDOCK_SOURCE_PASSWORD sign in at a registry that asks for it.`;

export function addImportCommand(
  runtime: Command,
  openPortal: () => Promise<Portal>,
  env: Readonly<Record<string, string | undefined>>,
): void {
  runtime
    .command('import')
    .description('Import an image with all its platforms, signatures and SBOMs; every digest is verified.')
    .argument('<source>', 'where the image is')
    .requiredOption('--name <publisher/name>', 'the runtime that it goes to')
    .requiredOption('--tag <tag...>', 'what it is called there')
    .option('--image <name>', 'which image, where a layout holds several')
    .addOption(new Option('--access <who>', 'who may pull it; needed for a new runtime').choices(['public', 'licensees']))
    .addHelpText('after', HELP)
    .action(async (source: string, options: ImportOptions) => importFrom(source, options, await openPortal(), env));
}

async function importFrom(
  location: string,
  { name, tag: tags, image, access }: ImportOptions,
  portal: Portal,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const api = apiOf(portal, name, tags);
  const started = performance.now();
  const source = await openSource(location, { image, env });
  try {
    // Read whole before anything is changed: what cannot be imported leaves no trace on the portal.
    const graph = await readGraph(source);
    const runtime = access === undefined ? await api.findRuntime() : await api.putRuntime(access);
    if (!runtime)
      throw new CliFailure(
        'runtime-missing',
        `there is no runtime ${name}`,
        'Add --access public or --access licensees.',
        EXIT.refusedHere,
      );
    const progress = startProgress(graph.blobs.reduce((sum, blob) => sum + blob.size, 0));
    const { digest, sent } = await importImage(api, source, graph, tags, watchWith(progress, 'sent')).finally(() => progress.stop());
    const seconds = (performance.now() - started) / 1000;
    process.stdout.write(
      `${tags.map((tag) => `${runtime.reference}:${tag}`).join('\n')}\n${runtime.reference}@${digest}\n` +
        `${graph.manifests.length} manifests, ${graph.blobs.length} blobs: ${formatBytes(sent)} sent in ${seconds.toFixed(1)} s (${formatBytes(sent / seconds)}/s)\n`,
    );
  } finally {
    await source.close();
  }
}

function apiOf(portal: Portal, name: string, tags: readonly string[]): RuntimesApi {
  const [publisher, runtime, ...rest] = name.split('/');
  if (publisher === undefined || runtime === undefined || rest.length > 0 || !isNameComponent(runtime))
    throw new CliFailure('repository-name', `${name} names no runtime`, 'Give it as publisher/name, in lower case.', EXIT.refusedHere);
  const unfit = tags.find((tag) => !isTag(tag));
  if (unfit !== undefined)
    throw new CliFailure('repository-name', `${unfit} is no tag`, 'Use letters, digits, ".", "_" and "-".', EXIT.refusedHere);
  return new RuntimesApi(portal, publisher, runtime);
}
