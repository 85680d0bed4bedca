import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Stage } from '../../stage/stage.ts';
import { nginxConfiguration } from '../../support/nginx-configuration.ts';

/** An nginx that serves a folder by sendfile; gives its address. */
export async function startNginx(stage: Stage, root: string): Promise<string> {
  const port = await freePort();
  const path = join(stage.folder, 'nginx.conf');
  const server = `sendfile on; sendfile_max_chunk 0; server { listen 127.0.0.1:${port}; root ${root}; }`;
  await writeFile(path, nginxConfiguration(stage.folder, server));
  const nginx = stage.start('/usr/sbin/nginx', ['-c', path, '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 100 && nginx.exitCode === null; attempt++, await setTimeout(50)) {
    if (
      await fetch(url, { method: 'HEAD' }).then(
        () => true,
        () => false,
      )
    )
      return url;
  }
  throw new Error('nginx did not start; it is needed: apt-get install -y --no-install-recommends nginx-light');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
