import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

interface Place {
  /** Where nginx may write. */
  folder: string;
  /** The folder of tls.crt and tls.key. */
  certificate: string;
  /** How many servers the configuration names. */
  upstreams: number;
}

/**
 * What `nginx -t` says of a configuration for containers, its paths and names being those of this machine. `resolve` came with
 * nginx 1.27.3, after Debian's.
 */
export async function readByNginx(configuration: string, { folder, certificate, upstreams }: Place): Promise<string> {
  const own = readFileSync(configuration, 'utf8').replace(
    /include \S*front\.conf;/,
    readFileSync(resolve('infra/nginx/front.conf'), 'utf8'),
  );
  const local = own
    .replaceAll('/tmp/', `${folder}/`)
    .replaceAll('/run/secrets', certificate)
    .replace(/\/etc\/nginx\/(?:paddock\/)?portal\.conf/, resolve('infra/nginx/portal.conf'))
    .replace(/resolver \S+/, 'resolver 127.0.0.1')
    .replaceAll(/server [a-z.-]+:(\d+) resolve;/g, 'server 127.0.0.1:$1;');
  if (local.match(/server 127\.0\.0\.1/g)?.length !== upstreams) throw new Error(`not ${upstreams} upstreams:\n${local}`);
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, local);
  const env = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` };
  return (await promisify(execFile)('nginx', ['-t', '-c', file, '-e', 'stderr'], { env })).stderr;
}
