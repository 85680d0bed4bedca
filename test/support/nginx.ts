import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ChildPrograms } from './child-programs.js';
import { nginxConfiguration } from './nginx-configuration.js';
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

/** A real nginx by the very configuration that operators are given. */
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
  const servers = portals.map((one) => `server 127.0.0.1:${one} max_fails=1 fail_timeout=1s;`).join(' ');
  const store = objects === undefined ? '' : given('x-accel.conf').replace('/var/lib/paddock/store/objects', objects);
  const upstreams = `upstream paddock { ${servers} }
  upstream paddock_uploads { hash $uri consistent; ${servers} }`;
  return nginxConfiguration(folder, `${upstreams}\n  server {\n    listen 127.0.0.1:${port};\n${given('portal.conf')}\n${store}\n  }`);
}
