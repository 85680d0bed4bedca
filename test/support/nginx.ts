import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ChildPrograms } from './child-programs.js';
import { until } from './processes.js';

export const nginxRemedy = 'apt-get install -y --no-install-recommends nginx-light';
const CONFIGURATION = resolve(import.meta.dirname, '../../infra/nginx');

export interface Nginx {
  url: string;
  kill(): Promise<void>;
  /** At the same port, after `kill`. */
  start(): Promise<void>;
  /** Kills it and leaves nothing behind. */
  stop(): Promise<void>;
}

export interface NginxOptions {
  port: number;
  /** Ports of the http processes on this machine. */
  portals: number[];
  /** The disk store's folder `objects`, where nginx is to send its files. */
  objects?: string;
}

/** A real nginx by the very configuration that operators are given. One process: a killed master would leave its worker behind. */
export async function startNginx(options: NginxOptions): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-nginx-'));
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration(folder, options));
  const programs = new ChildPrograms(folder, {});
  const url = `http://127.0.0.1:${options.port}`;
  const start = async () => {
    programs.start('nginx', ['-c', file, '-e', 'stderr']);
    await until('nginx answers', 30_000, async () => {
      programs.assertRunning();
      return fetch(`${url}/health/live`).then(
        (answer) => answer.arrayBuffer(),
        () => false,
      );
    });
  };
  const kill = () => programs.kill();
  await start();
  const stop = async () => {
    await kill();
    rmSync(folder, { recursive: true });
  };
  return { url, start, kill, stop };
}

function configuration(folder: string, { port, portals, objects }: NginxOptions): string {
  const given = (name: string) => readFileSync(join(CONFIGURATION, name), 'utf8');
  const bodies = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
  const servers = portals.map((one) => `server 127.0.0.1:${one} max_fails=1 fail_timeout=1s;`).join(' ');
  const store = objects === undefined ? '' : given('x-accel.conf').replace('/var/lib/paddock/store/objects', objects);
  return `daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr warn;
events { worker_connections 256; }
http {
  ${bodies.join('\n  ')}
  access_log off;
  upstream paddock { ${servers} }
  upstream paddock_uploads { hash $uri consistent; ${servers} }
  server {
    listen 127.0.0.1:${port};
    ${given('portal.conf')}
    ${store}
  }
}
`;
}
