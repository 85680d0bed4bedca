import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Stage } from '../../stage/stage.ts';

/** An nginx that serves a folder by sendfile; gives its address. */
export async function startNginx(stage: Stage, root: string): Promise<string> {
  const port = await freePort();
  const path = join(stage.folder, 'nginx.conf');
  await writeFile(path, configuration(stage.folder, root, port));
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

/** One process: with a master, a killed one would leave its worker behind. Root's nginx reads as root. */
function configuration(folder: string, root: string, port: number): string {
  const bodies = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
  return `daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr crit;
events { worker_connections 64; }
http {
  ${bodies.join('\n  ')}
  access_log off;
  sendfile on;
  sendfile_max_chunk 0;
  server { listen 127.0.0.1:${port}; root ${root}; }
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
