import { copyFile, mkdir, readFile, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ARCHITECTURES, USER, writableFolder, writeUser } from '../account.ts';
import { tarOf, tarOfFiles } from '../layer.ts';
import type { Image, ImageConfig } from '../layout.ts';
import { statusOf, writeRootfs, type Rootfs } from '../rootfs.ts';
import { debianPackages, spdxDocument } from '../sbom.ts';
import { packageFiles, roomFiles } from './files.ts';
import { npmComponents, productionPackages, type Lock } from './packages.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
/** Below it the workspace lies as in a checkout, so that what is found by its place is found. */
const HOME = 'opt/paddock';

/** What Node's own binary needs, and nothing else: certificates and time zones it brings along. */
const DEBIAN: Rootfs = {
  suite: 'trixie',
  packages: ['base-files', 'libc6', 'libstdc++6'],
  without: [
    '/usr/bin/mawk', '/usr/lib/*/gconv/*', '/usr/share/gcc/*', '/usr/share/gdb/*', '/usr/share/lintian/*', '/usr/share/base-files/*',
  ],
}; // prettier-ignore

/** A container fetches by links: swarms are for people's machines. PostgreSQL is another container's. */
const WITHOUT = ['webtorrent', 'webrtc-polyfill'];

/** The portal, its tars in `work`: what changes least lies lowest, so that an update pulls little. */
export async function portalImage(work: string, epoch: number): Promise<Image> {
  const { packages: lock } = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Lock };
  const paths = productionPackages(lock, ROOT, WITHOUT);
  const [rootfs, node, packages, rooms] = ['rootfs', 'node', 'packages', 'rooms'].map((name) => join(work, `${name}.tar`)) as Layers;
  await writeRootfs(DEBIAN, epoch, rootfs);
  await gatherNode(join(work, 'node'));
  await tarOf(join(work, 'node'), epoch, node);
  await tarOfFiles(ROOT, packageFiles(ROOT, paths), HOME, epoch, packages);
  await tarOfFiles(ROOT, roomFiles(ROOT), HOME, epoch, rooms);
  const version = lock['apps/server']!.version!;
  const components = [
    ...debianPackages(await statusOf(rootfs), DEBIAN.suite),
    ...npmComponents(lock, paths),
    { name: 'node', version: process.versions.node, purl: `pkg:generic/node@${process.versions.node}` },
    { name: 'paddock', version, purl: `pkg:generic/paddock@${version}` },
  ];
  return {
    architecture: ARCHITECTURES[process.arch]!,
    epoch,
    layers: [
      { tar: rootfs, from: `Debian ${DEBIAN.suite}: ${DEBIAN.packages.join(' ')}` },
      { tar: node, from: `Node ${process.versions.node}` },
      { tar: packages, from: 'package-lock.json' },
      { tar: rooms, from: `Paddock ${version}` },
    ],
    sbom: spdxDocument('paddock-portal', components, epoch),
    config: portalConfig(version, epoch),
  };
}

type Layers = [rootfs: string, node: string, packages: string, rooms: string];

/** Node, two names to start programs by, and a user without a shell. */
async function gatherNode(folder: string): Promise<void> {
  const home = join(folder, HOME);
  await mkdir(home, { recursive: true });
  await copyFile(process.execPath, join(home, 'node'));
  await symlink('apps/server/dist/bundle/main.js', join(home, 'portal'));
  await symlink('apps/cli/bin/paddock.js', join(home, 'paddock'));
  await writeUser(folder, '/data');
  for (const name of ['data', 'tmp']) await writableFolder(folder, name);
}

/** How the portal is started; infra/images/portal/Dockerfile says the same. */
export function portalConfig(version: string, epoch: number): ImageConfig {
  return {
    user: `${USER}:${USER}`,
    entrypoint: ['/opt/paddock/node', '--enable-source-maps'],
    command: ['portal'],
    env: ['PATH=/opt/paddock', 'HOME=/tmp', 'PADDOCK_DATA_DIR=/data', 'PADDOCK_HOST=0.0.0.0'],
    workingDir: '/opt/paddock',
    volumes: ['/data'],
    ports: ['8080/tcp'],
    labels: {
      'org.opencontainers.image.title': 'Paddock',
      'org.opencontainers.image.description': 'A portal that distributes model weights under their own license',
      'org.opencontainers.image.version': version,
      'org.opencontainers.image.licenses': 'Apache-2.0',
      'org.opencontainers.image.created': new Date(epoch * 1000).toISOString(),
      'org.opencontainers.image.base.name': `debian:${DEBIAN.suite}`,
    },
  };
}
