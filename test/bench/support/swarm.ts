import { execFile } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { StagedPortal } from '../../stage/portal.ts';
import { end } from '../../stage/stage.ts';
import type { Stage } from '../../stage/stage.ts';
import { newLicensee, torrentOf } from './licensees.ts';
import { benchModel, preparePublishing } from './publishing.ts';

const libtorrent = resolve(import.meta.dirname, '../../compat/libtorrent-peer.py');
const runToEnd = promisify(execFile);

export interface Distribution {
  /** Seconds until the last client of a swarm has the file; options are those of libtorrent-peer.py. */
  swarm(...options: string[]): Promise<number>;
  /** Seconds until the last curl has it. */
  links(...options: string[]): Promise<number>;
}

interface Client {
  torrent: string;
  link: string;
  folder: string;
  /** Each has its own: all of 127/8 is this machine. */
  address: string;
}

/** Publishes a file and hands it to so many licensees. */
export async function distribute(stage: Stage, portal: StagedPortal, size: number, clients: number): Promise<Distribution> {
  const directory = join(stage.folder, 'release');
  await mkdir(directory);
  await writeFile(join(directory, 'weights.bin'), randomBytes(size));
  const publish = await preparePublishing(portal);
  await portal.admin.post(`/models/${benchModel}/terms`, { admission: 'assent', license: 'sample-community' });
  await publish(directory, 'r1');
  const all: Client[] = [];
  for (let number = 0; number < clients; number += 1) all.push(await handOut(stage, portal.url, number));
  return {
    swarm: (...options) => inFolders(all, () => swarmOf(stage, all, options)),
    links: (...options) => inFolders(all, () => linksOf(all, options)),
  };
}

async function handOut(stage: Stage, url: string, number: number): Promise<Client> {
  const { person, grant } = await newLicensee(url, benchModel, number);
  const torrent = join(stage.folder, `${number}.torrent`);
  await writeFile(torrent, await torrentOf(person, grant));
  const { artifacts } = await person.post<{ artifacts: { url: string }[] }>(`/grants/${grant}/links`, { release: 'r1' });
  return { torrent, link: artifacts[0]!.url, folder: join(stage.folder, `client-${number}`), address: `127.0.0.${number + 2}` };
}

async function inFolders(all: readonly Client[], work: () => Promise<number>): Promise<number> {
  for (const { folder } of all) await mkdir(folder);
  const seconds = await work();
  for (const { folder } of all) await rm(folder, { recursive: true });
  return seconds;
}

/** Whoever has it stays until all have it. */
async function swarmOf(stage: Stage, all: readonly Client[], options: string[]): Promise<number> {
  const began = performance.now();
  const peers = all.map(({ torrent, folder, address }) =>
    stage.start('/usr/bin/python3', [libtorrent, torrent, folder, address, ...options], { stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  await Promise.all(peers.map(untilDone));
  const seconds = (performance.now() - began) / 1000;
  await Promise.all(peers.map((peer) => end(peer, 'SIGTERM')));
  return seconds;
}

async function linksOf(all: readonly Client[], options: string[]): Promise<number> {
  const began = performance.now();
  await Promise.all(all.map(({ link, folder }) => runToEnd('curl', ['-sf', ...options, '-o', join(folder, 'weights.bin'), link])));
  return (performance.now() - began) / 1000;
}

function untilDone(peer: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    let said = '';
    peer.stdout!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('{"kind": "done"')) done();
    });
    peer.once('exit', () =>
      fail(new Error(`libtorrent ended: ${said}; it is needed: apt-get install -y --no-install-recommends python3-libtorrent`)),
    );
  });
}
