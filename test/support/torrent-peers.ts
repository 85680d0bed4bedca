import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { until } from './processes.js';

const LIBTORRENT = resolve(import.meta.dirname, '../compat/libtorrent-peer.py');
/** Debian's own, whichever Python comes first on the PATH. */
export const PYTHON = '/usr/bin/python3';

/** Addresses of this machine beyond 127/8, whose peers some clients do not speak to. Needs root. */
export function addAddresses(addresses: readonly string[]): void {
  for (const address of addresses) execFileSync('ip', ['address', 'replace', `${address}/32`, 'dev', 'lo']);
}

export function removeAddresses(addresses: readonly string[]): void {
  for (const address of addresses) execFileSync('ip', ['address', 'del', `${address}/32`, 'dev', 'lo']);
}

export interface TorrentPeer {
  process: ChildProcess;
  output(): string;
  /** What it said, one object a line. */
  said(kind: string): { kind: string; text: string; bytes: number }[];
  stop(): Promise<void>;
}

/** python3-libtorrent, listening on one address. */
export function startLibtorrent(torrent: string, folder: string, address: string, ...options: ('no-webseed' | 'report')[]): TorrentPeer {
  return started(spawn(PYTHON, [LIBTORRENT, torrent, folder, address, ...options]));
}

/** aria2, which ends when it has everything. */
export function startAria2(torrent: string, folder: string, address: string, ...options: string[]): TorrentPeer {
  const quiet = ['--no-conf', '--enable-dht=false', '--bt-enable-lpd=false', '--enable-peer-exchange=false', '--seed-time=0'];
  const others = ['--file-allocation=none', '--console-log-level=notice', '--summary-interval=0', '--bt-stop-timeout=60'];
  return started(spawn('aria2c', [...quiet, ...others, `--interface=${address}`, `--dir=${folder}`, ...options, torrent]));
}

/** transmission 4 (test/support/sid-programs.ts) with all but the private swarm turned off; a script of ours says when it has everything. */
export function startTransmission(torrent: string, folder: string, address: string): TorrentPeer {
  const config = `${folder}.transmission`;
  const done = join(config, 'done.sh');
  mkdirSync(config);
  writeFileSync(done, `#!/bin/sh\nprintf '\\n{"kind": "done"}\\n'\n`, { mode: 0o755 });
  const off = ['dht-enabled', 'lpd-enabled', 'pex-enabled', 'utp-enabled', 'port-forwarding-enabled', 'rpc-enabled'];
  const settings = {
    ...Object.fromEntries(off.map((name) => [name, false])),
    'bind-address-ipv4': address,
    'peer-port-random-on-start': true,
  };
  writeFileSync(join(config, 'settings.json'), JSON.stringify(settings));
  const places = ['--config-dir', config, '--download-dir', folder, '--finish', done];
  // Jest's own environment: that is where sid-programs.ts put it.
  return started(spawn('transmission-cli', [...places, '--no-portmap', torrent], { env: process.env }));
}

/** The same .torrent for clients that are not to ask the webseed; its URLs stand last and outside of what is hashed. */
export function withoutWebseed(torrent: string): string {
  const bytes = readFileSync(torrent);
  const path = `${torrent}.no-webseed.torrent`;
  writeFileSync(path, Buffer.concat([bytes.subarray(0, bytes.lastIndexOf('8:url-list')), Buffer.from('e')]));
  return path;
}

export async function handedOut(url: string, folder: string, name: string): Promise<string> {
  const answer = await fetch(url);
  if (answer.status !== 200) throw new Error(`no torrent: ${await answer.text()}`);
  const path = join(folder, `${name}.torrent`);
  writeFileSync(path, Buffer.from(await answer.arrayBuffer()));
  return path;
}

/** The passkey in a .torrent. */
export function passkeyOf(torrent: string): string {
  return /\/announce\/([\w-]{32})/.exec(readFileSync(torrent, 'latin1'))![1]!;
}

function started(child: ChildProcess): TorrentPeer {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  return {
    process: child,
    output: () => output,
    said: (kind) =>
      output
        .split('\n')
        .filter((line) => line.startsWith(`{"kind": "${kind}"`) && line.endsWith('}'))
        .map((line) => JSON.parse(line) as { kind: string; text: string; bytes: number }),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export async function untilDone(peer: TorrentPeer, seconds = 40): Promise<void> {
  try {
    await until('the torrent is complete', seconds * 1000, () => peer.said('done').length > 0 || peer.process.exitCode === 0);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${peer.output().slice(-3000)}`, { cause: error });
  }
}
