import { fileURLToPath } from 'node:url';
import { readArguments, WrongUse } from './arguments.js';
import { runToEnd } from './children.js';
import { fetchedRelease, NotFetched } from './fetched-release.js';
import { NoRelease } from './release.js';

const HELP = `This is llama-server of llama.cpp, and takes what it takes. Besides:

  --paddock MODEL/RELEASE   fetch this release from the portal first, verify it, and run it
  --paddock-file PATH       which of its files, where it holds several models

  PADDOCK_URL               address of the portal (needed with --paddock)
  PADDOCK_TOKEN             access token with the scopes "read" and "download"; open models need none
  PADDOCK_TOKEN_FILE        a file that holds it
  PADDOCK_MODELS            where fetched releases are kept (default /models: mount a volume there)

`;

const SERVER = process.env['PADDOCK_LLAMA_SERVER'] ?? 'llama-server';
const PADDOCK = process.env['PADDOCK_CLI'] ?? fileURLToPath(new URL('./paddock.mjs', import.meta.url));

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof WrongUse || error instanceof NoRelease || error instanceof NotFetched)) throw error;
  process.stderr.write(`paddock: ${error.message}\n`);
  process.exitCode = error instanceof NotFetched ? error.exitCode : 1;
}

async function run(given: readonly string[]): Promise<number> {
  const { release, file, help, forServer } = readArguments(given);
  if (help) process.stdout.write(HELP);
  if (!release || help) return runToEnd(SERVER, forServer);
  const portal = process.env['PADDOCK_URL'];
  if (!portal || !URL.canParse(portal)) throw new WrongUse('PADDOCK_URL must be the address of the portal');
  const models = process.env['PADDOCK_MODELS'] ?? '/models';
  const location = await fetchedRelease(release.model, release.name, file, { portal, models, paddock: [process.execPath, PADDOCK] });
  return runToEnd(SERVER, ['--model', location, ...forServer]);
}
