import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../../support/free-port.ts';
import type { Stage } from '../../stage/stage.ts';

/** Debian's docker-registry on a folder, open to everybody. */
export async function startDockerRegistry(stage: Stage): Promise<{ host: string; pid: number }> {
  const host = `127.0.0.1:${await freePort()}`;
  const path = join(stage.folder, 'docker-registry.yml');
  await writeFile(path, configuration(join(stage.folder, 'docker-registry'), host));
  const registry = stage.start('docker-registry', ['serve', path], { stdio: ['ignore', 'ignore', 'ignore'] });
  for (let attempt = 0; attempt < 100 && registry.exitCode === null; attempt++, await setTimeout(50)) {
    const response = await fetch(`http://${host}/v2/`).catch(() => undefined);
    if (response?.ok) return { host, pid: registry.pid ?? 0 };
  }
  throw new Error('docker-registry did not start; it is needed: apt-get install -y --no-install-recommends docker-registry skopeo');
}

const configuration = (root: string, host: string) => `version: 0.1
log: { level: error, accesslog: { disabled: true } }
storage:
  cache: { blobdescriptor: inmemory }
  filesystem: { rootdirectory: ${root} }
http: { addr: ${host} }
`;
