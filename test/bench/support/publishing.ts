import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { StagedPortal } from '../../stage/portal.ts';

const cli = resolve(import.meta.dirname, '../../../apps/cli/bin/paddock.js');
const runToEnd = promisify(execFile);
export const benchModel = 'bench-model';

/** Makes a model on a portal; the answer publishes a directory as a release of it, by the real command line. */
export async function preparePublishing({ admin, url }: StagedPortal): Promise<(directory: string, release: string) => Promise<void>> {
  await admin.post('/publishers', { slug: 'bench-lab', legalName: 'Bench Lab' });
  await admin.post('/models', { publisher: 'bench-lab', slug: benchModel, title: 'Bench' });
  const token = await admin.token(['read', 'publish']);
  const env = { PATH: process.env['PATH'], PADDOCK_URL: url, PADDOCK_TOKEN: token };
  return async (directory, release) => {
    await runToEnd(process.execPath, [cli, 'publish', directory, '--model', benchModel, '--release', release, '--yes'], { env });
  };
}
