import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const podmanPrograms = ['podman', 'runc', 'mmdebstrap', 'skopeo'];
export const podmanRemedy = 'apt-get install -y --no-install-recommends podman runc mmdebstrap skopeo';

export interface Ran {
  code: number;
  /** Standard output and standard error together, as a terminal shows them. */
  said: string;
}

/** A container engine with all of its state in one folder. */
export class Podman {
  private constructor(
    private readonly folder: string,
    private readonly driver: 'overlay' | 'vfs',
  ) {}

  /** Where the machine cannot lay layers over one another, each container is a copy of its image. */
  static async open(): Promise<Podman> {
    const opened = async (driver: 'overlay' | 'vfs') => new Podman(await mkdtemp(join(tmpdir(), 'paddock-podman-')), driver);
    const overlay = await opened('overlay');
    if ((await overlay.do('info')).code === 0) return overlay;
    await overlay.close();
    return opened('vfs');
  }

  /** Runs a command of podman to its end. */
  do(...args: string[]): Promise<Ran> {
    return new Promise((resolve) => {
      execFile('podman', [...this.options, ...args], { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? 1) : 0, said: stdout + stderr });
      });
    });
  }

  /** Takes an image out of an OCI layout; `name` is how it is called from then on. */
  async load(layout: string, name: string): Promise<void> {
    const { root, runroot } = this.folders;
    const store = `containers-storage:[${this.driver}@${root}+${runroot}]${name}`;
    await promisify(execFile)('skopeo', ['copy', '--quiet', `oci:${layout}`, store]);
  }

  /** Runs a container on the machine's own network; its limits are those that runc can set everywhere. */
  run(image: string, { name, env = {}, volumes = {}, flags = [] }: RunOptions, ...args: string[]): Promise<Ran> {
    return this.do(
      'run',
      '--rm',
      '--network=host',
      '--read-only',
      '--ulimit',
      'nofile=4096:4096',
      '--ulimit',
      'nproc=4096:4096',
      ...flags,
      ...(name ? ['--name', name] : []),
      ...Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
      ...Object.entries(volumes).flatMap(([from, to]) => ['--volume', `${from}:${to}`]),
      image,
      ...args,
    );
  }

  /** For programs that start an engine of their own: with this state, on the machine's network and within runc's limits. */
  async environment(inside: Record<string, string> = {}): Promise<{ PADDOCK_CONTAINER_ENGINE: string; CONTAINERS_CONF: string }> {
    const settings = {
      netns: 'host',
      default_ulimits: ['nofile=4096:4096', 'nproc=4096:4096'],
      env: Object.entries(inside).map((pair) => pair.join('=')),
    };
    const lines = Object.entries(settings).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
    const file = join(this.folder, 'containers.conf');
    await writeFile(file, ['[containers]', ...lines, ''].join('\n'));
    return { PADDOCK_CONTAINER_ENGINE: ['podman', ...this.options].join(' '), CONTAINERS_CONF: file };
  }

  async close(): Promise<void> {
    await this.do('stop', '--all', '--time', '1');
    await this.do('unmount', '--all');
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  private get folders() {
    return { root: join(this.folder, 'root'), runroot: join(this.folder, 'run') };
  }

  private get options(): string[] {
    const { root, runroot } = this.folders;
    const engine = ['--storage-driver', this.driver, '--cgroup-manager', 'cgroupfs', '--runtime', '/usr/sbin/runc'];
    return ['--root', root, '--runroot', runroot, ...engine];
  }
}

interface RunOptions {
  name?: string;
  env?: Record<string, string>;
  /** Folders of the machine, and where the container sees them. */
  volumes?: Record<string, string>;
  /** More of podman's own. */
  flags?: readonly string[];
}
