import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { failureOf, PortalRefusal, PortalUnreachable, reasonOf } from '../../portal/portal-failures.js';
import type { DeliveryApi, Manifest, RemoteArtifact } from '../delivery-api.js';
import { measure, written } from '../partial-file.js';
import { openLink } from '../open-link.js';
import { downloadFromSwarm, SwarmFailed, type SwarmWatch } from './swarm.js';

/** Where the torrent's own folder grows until everything in it is right. An interrupted run leaves it, and the next goes on. */
const STAGING = '.paddock-torrent';
/** The metainfo of 16 TB, and a bound to what is taken into memory. */
const MOST_TORRENT_BYTES = 64 * 1024 * 1024;

export interface TorrentWatch extends SwarmWatch {
  /** Why links are used instead. */
  onFallback(reason: string): void;
}

/**
 * Brings what the directory lacks of a release from its swarm and moves each file into place once its SHA-256 is right.
 * Returns how many files came so; where there is no torrent, or the swarm fails, links are to bring the rest. An empty file is
 * in no piece of a torrent: links make it, too.
 */
export async function downloadByTorrent(api: DeliveryApi, manifest: Manifest, directory: string, watch: TorrentWatch): Promise<number> {
  const missing = await missingOf(manifest.artifacts, directory);
  if (missing.length === 0) return 0;
  try {
    const torrent = await handedTorrent(api);
    const staging = join(directory, STAGING);
    await written(staging, () => mkdir(staging, { recursive: true }));
    const name = await downloadFromSwarm(torrent, staging, watch);
    for (const artifact of missing) await putInPlace(artifact, join(staging, name), directory);
    await rm(staging, { recursive: true });
    return missing.length;
  } catch (error) {
    if (!(error instanceof SwarmFailed || error instanceof PortalRefusal || error instanceof PortalUnreachable)) throw error;
    watch.onFallback(error.message);
    return 0;
  }
}

async function missingOf(artifacts: readonly RemoteArtifact[], directory: string): Promise<RemoteArtifact[]> {
  const missing: RemoteArtifact[] = [];
  for (const artifact of artifacts.filter(({ size }) => size > 0)) {
    const found = await measure(join(directory, artifact.path));
    if (found?.size !== artifact.size || found.sha256 !== artifact.sha256) missing.push(artifact);
  }
  return missing;
}

async function handedTorrent(api: DeliveryApi): Promise<Uint8Array> {
  const url = await api.torrent();
  if (!url) throw new SwarmFailed('the portal holds no torrent of this release');
  return readTorrent(new URL(url)).catch((error: unknown) => {
    // Whatever else is thrown there came from the connection.
    throw error instanceof SwarmFailed || error instanceof PortalRefusal ? error : new SwarmFailed(`the .torrent: ${reasonOf(error)}`);
  });
}

async function readTorrent(url: URL): Promise<Uint8Array> {
  const answer = await openLink(url, {}, AbortSignal.timeout(60_000));
  if (answer.statusCode !== 200) throw failureOf(url, answer.statusCode ?? 0, await text(answer));
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Uint8Array>) {
    if ((size += part.length) > MOST_TORRENT_BYTES) throw new SwarmFailed('the .torrent is too large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function putInPlace({ path, sha256 }: RemoteArtifact, from: string, directory: string): Promise<void> {
  const target = join(directory, path);
  const found = await measure(join(from, path));
  if (found?.sha256 !== sha256) throw new SwarmFailed(`${path} came with a wrong SHA-256`);
  await written(target, async () => {
    await mkdir(dirname(target), { recursive: true });
    await rename(join(from, path), target);
  });
}
