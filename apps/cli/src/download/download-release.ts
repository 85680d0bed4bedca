import { join } from 'node:path';
import { CliFailure, EXIT } from '../cli-failure.js';
import { Patience } from '../portal/patience.js';
import { PortalRefusal, PortalUnreachable } from '../portal/portal-failures.js';
import type { TransferWatch } from '../portal/transfer-watch.js';
import type { DeliveryApi, Manifest, RemoteArtifact } from './delivery-api.js';
import { measure, PartialFile } from './partial-file.js';
import { receive } from './receive.js';

interface Source {
  api: DeliveryApi;
  /** The links at hand, which are replaced when they have expired. */
  manifest: Manifest;
}

/** Fetches what the directory lacks of a release, and checks the SHA-256 of everything; returns how many files were fetched. */
export async function downloadRelease(api: DeliveryApi, manifest: Manifest, directory: string, watch: TransferWatch): Promise<number> {
  const source: Source = { api, manifest };
  let fetched = 0;
  for (const artifact of manifest.artifacts) {
    const location = join(directory, artifact.path);
    const found = await measure(location);
    const present = found?.size === artifact.size && found.sha256 === artifact.sha256;
    if (present) watch.onBytes(artifact.size);
    else await fetchArtifact(source, artifact, location, watch);
    watch.onFile(artifact.path, !present);
    fetched += present ? 0 : 1;
  }
  return fetched;
}

async function fetchArtifact(source: Source, artifact: RemoteArtifact, location: string, watch: TransferWatch): Promise<void> {
  const part = await PartialFile.open(location);
  try {
    watch.onBytes(part.size);
    await fill(source, artifact, part, watch);
    if ((await part.sha256()) !== artifact.sha256) {
      // An earlier run may have left other bytes, so that the first mismatch proves nothing.
      watch.onRetry(artifact.path, 'the SHA-256 is wrong');
      watch.onBytes(-part.size);
      await part.restart();
      await fill(source, artifact, part, watch);
    }
    if ((await part.sha256()) !== artifact.sha256) {
      await part.discard();
      const detail = `${artifact.path} arrived with a wrong SHA-256 twice`;
      throw new CliFailure(
        'sha256-mismatch',
        detail,
        'Tell the publisher: the portal hands out other bytes than it states.',
        EXIT.wrongBytes,
      );
    }
    await part.finish();
  } finally {
    await part.close();
  }
}

async function fill(source: Source, artifact: RemoteArtifact, part: PartialFile, watch: TransferWatch): Promise<void> {
  const patience = new Patience(watch.firstPauseMs);
  let renewed = false;
  while (part.size < artifact.size) {
    const before = part.size;
    try {
      await receive(linkOf(source.manifest, artifact), part, watch.onBytes);
      if (part.size <= before) throw new PortalUnreachable(linkOf(source.manifest, artifact), 'the answer was empty');
    } catch (error) {
      if (part.size > before) [renewed] = [false, patience.progressed()];
      if (isExpired(error) && !renewed) {
        renewed = true;
        source.manifest = await source.api.links();
      } else {
        if (!(error instanceof PortalUnreachable)) throw error;
        watch.onRetry(artifact.path, error.detail);
        await patience.wait(error);
      }
    }
  }
}

function isExpired(error: unknown): boolean {
  return error instanceof PortalRefusal && error.code === 'link-expired';
}

function linkOf(manifest: Manifest, { path, sha256 }: RemoteArtifact): URL {
  const found = manifest.artifacts.find((artifact) => artifact.path === path && artifact.sha256 === sha256);
  if (found) return new URL(found.url);
  throw new CliFailure(
    'release-changed',
    `the portal no longer hands out ${path} as it was`,
    'Run the command again.',
    EXIT.refusedByPortal,
  );
}
