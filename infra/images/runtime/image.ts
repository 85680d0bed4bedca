import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { tarOf } from '../layer.ts';
import { writeLayout, type Image } from '../layout.ts';
import { writeRootfs, type Rootfs } from '../rootfs.ts';
import { debianPackages, spdxDocument } from '../sbom.ts';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../../..');

/** llama.cpp as Debian builds it. Its own tests, converters and what installs packages have no use at run time. */
const LLAMA: Rootfs = {
  suite: 'forky',
  packages: ['base-files', 'libc-bin', 'llama.cpp-tools', 'ca-certificates'],
  without: [
    '/usr/libexec/*/ggml/*', '/usr/share/perl5/*', '/usr/share/debconf/*', '/usr/sbin/*', '/usr/bin/debconf*', '/usr/bin/wget',
    '/usr/bin/openssl', '/usr/bin/mawk', '/usr/bin/llama-bench', '/usr/bin/llama-quantize', '/usr/bin/llama-completion',
    '/usr/share/bash-completion/*', '/usr/share/lintian/*', '/usr/share/bug/*',
  ],
}; // prettier-ignore

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };
const USER = '10001';

/** Builds the companion runtime as an OCI layout in `directory`, and returns the digest of its manifest. */
export async function buildRuntimeImage(directory: string, tag: string, epoch: number): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), 'paddock-runtime-image-'));
  try {
    const [rootfs, own] = [join(work, 'rootfs.tar'), join(work, 'own.tar')];
    await writeRootfs(LLAMA, epoch, rootfs);
    const { status, version } = await llamaOf(rootfs);
    await gatherOwn(join(work, 'own'));
    await tarOf(join(work, 'own'), epoch, own);
    return await writeLayout(directory, tag, await imageOf({ rootfs, own, status, version, epoch }));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What dpkg knows of the root file system, and the version of llama.cpp in it. */
async function llamaOf(tar: string): Promise<{ status: string; version: string }> {
  const { stdout: status } = await run('tar', ['--extract', '--to-stdout', '--file', tar, './var/lib/dpkg/status'], { maxBuffer: 1 << 26 });
  const version = /^Package: llama\.cpp-tools\n(?:.+\n)*?Version: (.+)$/m.exec(status)?.[1];
  if (!version) throw new Error('the root file system holds no llama.cpp-tools');
  return { status, version };
}

/** Node, the command line and the entry point as one file each, and a user without a shell. */
async function gatherOwn(folder: string): Promise<void> {
  const opt = join(folder, 'opt/paddock');
  for (const made of [opt, join(folder, 'etc'), join(folder, 'models'), join(folder, 'tmp')]) await mkdir(made, { recursive: true });
  await copyFile(process.execPath, join(opt, 'node'));
  for (const [entry, name] of [
    ['apps/cli/src/main.ts', 'paddock.mjs'],
    ['apps/runtime/src/main.ts', 'runtime.mjs'],
  ] as const)
    // prettier-ignore
    await build({
      entryPoints: [join(ROOT, entry)],
      outfile: join(opt, name),
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node24',
      tsconfig: join(ROOT, 'tsconfig.json'),
      legalComments: 'none',
      // Containers fetch by links: a swarm is nothing for a process that is about to serve.
      external: ['webtorrent'],
      logLevel: 'warning',
      banner: { js: "import { createRequire as cr } from 'node:module'; const require = cr(import.meta.url);" },
    });
  await writeFile(
    join(folder, 'etc/passwd'),
    `root:x:0:0:root:/:/usr/sbin/nologin\npaddock:x:${USER}:${USER}::/models:/usr/sbin/nologin\n`,
  );
  await writeFile(join(folder, 'etc/group'), `root:x:0:\npaddock:x:${USER}:\n`);
  // A volume that is mounted here takes over who may write.
  await chmod(join(folder, 'models'), 0o1777);
  await chmod(join(folder, 'tmp'), 0o1777);
}

interface Parts {
  rootfs: string;
  own: string;
  status: string;
  version: string;
  epoch: number;
}

async function imageOf({ rootfs, own, status, version, epoch }: Parts): Promise<Image> {
  const { version: ours } = JSON.parse(await readFile(join(ROOT, 'apps/runtime/package.json'), 'utf8')) as { version: string };
  const components = [
    ...debianPackages(status, LLAMA.suite),
    { name: 'node', version: process.versions.node, purl: `pkg:generic/node@${process.versions.node}` },
    { name: 'paddock-runtime', version: ours, purl: `pkg:generic/paddock-runtime@${ours}` },
  ];
  return {
    architecture: ARCHITECTURES[process.arch]!,
    epoch,
    layers: [
      { tar: rootfs, from: `Debian ${LLAMA.suite}: ${LLAMA.packages.join(' ')}` },
      { tar: own, from: 'Paddock: node, paddock, runtime' },
    ],
    sbom: spdxDocument('paddock-runtime', components, epoch),
    config: {
      user: `${USER}:${USER}`,
      entrypoint: ['/opt/paddock/node', '/opt/paddock/runtime.mjs'],
      env: ['PATH=/usr/bin:/opt/paddock', 'PADDOCK_MODELS=/models', 'LLAMA_ARG_HOST=0.0.0.0', 'HOME=/tmp'],
      workingDir: '/models',
      volumes: ['/models'],
      ports: ['8080/tcp'],
      labels: {
        'org.opencontainers.image.title': 'Paddock runtime',
        'org.opencontainers.image.description': 'llama.cpp’s server, which fetches and verifies a licensed release first',
        'org.opencontainers.image.version': `${ours}-llama.cpp-${version}`,
        'org.opencontainers.image.licenses': 'Apache-2.0 AND MIT',
        'org.opencontainers.image.created': new Date(epoch * 1000).toISOString(),
        'org.opencontainers.image.base.name': `debian:${LLAMA.suite}`,
        'org.paddock.llama-cpp': version,
      },
    },
  };
}
