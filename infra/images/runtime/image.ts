import { build } from 'esbuild';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ARCHITECTURES, USER, writeUser, writableFolder } from '../account.ts';
import { tarOf } from '../layer.ts';
import type { Image } from '../layout.ts';
import { statusOf, writeRootfs, type Rootfs } from '../rootfs.ts';
import { debianPackages, spdxDocument } from '../sbom.ts';

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

/** The companion runtime, its tars in `work`. */
export async function runtimeImage(work: string, epoch: number): Promise<Image> {
  const [rootfs, own] = [join(work, 'rootfs.tar'), join(work, 'own.tar')];
  await writeRootfs(LLAMA, epoch, rootfs);
  const status = await statusOf(rootfs);
  const version = /^Package: llama\.cpp-tools\n(?:.+\n)*?Version: (.+)$/m.exec(status)?.[1];
  if (!version) throw new Error('the root file system holds no llama.cpp-tools');
  await gatherOwn(join(work, 'own'));
  await tarOf(join(work, 'own'), epoch, own);
  return imageOf({ rootfs, own, status, version, epoch });
}

/** Node, the command line and the entry point as one file each, and a user without a shell. */
async function gatherOwn(folder: string): Promise<void> {
  const opt = join(folder, 'opt/paddock');
  await mkdir(opt, { recursive: true });
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
  await writeUser(folder, '/models');
  for (const name of ['models', 'tmp']) await writableFolder(folder, name);
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
