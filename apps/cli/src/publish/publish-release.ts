import { CliFailure, EXIT } from '../cli-failure.js';
import { PortalRefusal } from '../portal/portal-failures.js';
import { someAtOnce } from '../portal/some-at-once.js';
import type { TransferWatch } from '../portal/transfer-watch.js';
import type { Access, PublishingApi, Release } from './publishing-api.js';
import type { LocalFile } from './scan-directory.js';
import { uploadFile, type UploadedFile } from './upload-file.js';

const FILES_AT_ONCE = 2;

export interface Publication {
  files: readonly LocalFile[];
  accessOf(path: string): Access;
  license: string | undefined;
  /** Leaves the release a draft. */
  draft: boolean;
}

/**
 * Creates the release where it is absent, uploads what it lacks, and publishes it.
 * Run again after any failure it goes on from there; a release that is published already is only compared.
 */
export async function publishRelease(api: PublishingApi, publication: Publication, watch: TransferWatch): Promise<UploadedFile[]> {
  const release = await findOrCreate(api, publication.license);
  assertNothingElse(release, publication.files);
  if (release.state === 'withdrawn') throw unfit('release-withdrawn', `the release ${release.name} was withdrawn`);
  if (release.state === 'published') assertNothingMissing(release, publication.files);
  const uploaded = await uploadAll(api, publication, watch);
  if (!publication.draft && release.state === 'draft') await api.publish();
  return uploaded;
}

async function findOrCreate(api: PublishingApi, license: string | undefined): Promise<Release> {
  const found = await api.findRelease();
  if (found) return found;
  try {
    return await api.createRelease(license);
  } catch (error) {
    const other = error instanceof PortalRefusal && error.code === 'release-exists' ? await api.findRelease() : undefined;
    if (other) return other;
    throw error;
  }
}

/** Published, these would be part of the release for good, although nobody named them now. */
function assertNothingElse(release: Release, files: readonly LocalFile[]): void {
  const here = new Set(files.map((file) => file.path));
  const others = release.artifacts.filter((artifact) => !here.has(artifact.path)).map((artifact) => artifact.path);
  if (others.length === 0) return;
  throw unfit('release-differs', `the release ${release.name} holds files that are not in the directory: ${others.join(', ')}`);
}

function assertNothingMissing(release: Release, files: readonly LocalFile[]): void {
  const there = new Set(release.artifacts.map((artifact) => artifact.path));
  const missing = files.filter((file) => !there.has(file.path)).map((file) => file.path);
  if (missing.length === 0) return;
  throw unfit('release-published', `the release ${release.name} is published and lacks ${missing.join(', ')}`);
}

function unfit(code: string, detail: string): CliFailure {
  return new CliFailure(code, detail, 'Use a new release name.', EXIT.refusedHere);
}

async function uploadAll(api: PublishingApi, { files, accessOf }: Publication, watch: TransferWatch): Promise<UploadedFile[]> {
  const releaseSize = files.reduce((sum, file) => sum + file.size, 0);
  const uploaded: UploadedFile[] = [];
  await someAtOnce(files, FILES_AT_ONCE, async (file, index) => {
    uploaded[index] = await uploadFile(api, file, { access: accessOf(file.path), releaseSize }, watch);
  });
  return uploaded;
}
