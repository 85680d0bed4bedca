import { setTimeout as pause } from 'node:timers/promises';
import { CliFailure, EXIT } from '../cli-failure.js';
import { PortalRefusal, PortalUnreachable } from '../portal/portal-failures.js';
import { HashingReader } from './hashing-reader.js';
import type { Access, PublishingApi, Upload } from './publishing-api.js';
import type { LocalFile } from './scan-directory.js';
import { sendFile } from './send-file.js';

const MOST_FAILURES = 8;
const LONGEST_PAUSE_MS = 15_000;

export interface UploadWatch {
  /** Bytes that are done with, in steps; negative when a break took some back. */
  onBytes(count: number): void;
  onFile(path: string, sent: boolean): void;
  onRetry(path: string, reason: string): void;
  /** Before the first retry, doubled with each further one. */
  firstPauseMs: number;
}

export interface UploadedFile {
  path: string;
  size: number;
  sha256: string;
  /** False when the portal had the same bytes already. */
  sent: boolean;
}

/**
 * Brings one file to the portal, from wherever an earlier attempt stopped, and proves by SHA-256 that the same bytes arrived.
 * Each loss of the connection is followed by asking for the offset; it gives up after 8 losses without progress.
 */
export async function uploadFile(api: PublishingApi, file: LocalFile, access: Access, watch: UploadWatch): Promise<UploadedFile> {
  const reader = new HashingReader(file);
  try {
    let upload = await retried(() => api.openUpload(file.path, file.size, access), file.path, watch);
    const sent = upload.state === 'open';
    watch.onBytes(sent ? upload.offset : 0);
    let failures = 0;
    while (upload.state === 'open') {
      const next = await attempt(api, upload, reader, watch, failures);
      failures = next.offset > upload.offset ? 0 : failures + 1;
      upload = next;
    }
    const sha256 = await compare(upload, reader, sent, watch);
    watch.onFile(file.path, sent);
    return { path: file.path, size: file.size, sha256, sent };
  } finally {
    reader.close();
  }
}

async function attempt(api: PublishingApi, upload: Upload, reader: HashingReader, watch: UploadWatch, failures: number): Promise<Upload> {
  const url = api.uploadUrl(upload.id);
  let counted = upload.offset;
  const onSent = (bytes: number) => {
    counted += bytes;
    watch.onBytes(bytes);
  };
  try {
    const target = { url, authorization: api.portal.authorization, offset: upload.offset };
    const { status, text } = await sendFile(target, reader, onSent);
    return api.readUpload(url, status, text);
  } catch (error) {
    if (!mayPass(error)) throw error;
    await beforeRetry(error, reader.file.path, watch, failures);
    const found = await retried(() => api.findUpload(upload.id), reader.file.path, watch);
    watch.onBytes(found.offset - counted);
    return found;
  }
}

async function compare(upload: Upload, reader: HashingReader, sent: boolean, watch: UploadWatch): Promise<string> {
  const { file } = reader;
  await reader.hashUpTo(file.size, Buffer.allocUnsafeSlow(512 * 1024));
  if (!sent) watch.onBytes(file.size);
  const sha256 = reader.digest();
  if (upload.sha256 === sha256) return sha256;
  const found = `here ${sha256}, on the portal ${upload.sha256 ?? 'not stated'}`;
  if (sent) {
    throw new CliFailure('sha256-mismatch', `${file.path} arrived with other bytes (${found})`, 'Publish under a new release name and check this disk and the network.', EXIT.wrongBytes);
  }
  throw new CliFailure('artifact-changed', `${file.path} is on the portal already with other bytes (${found})`, 'Use a new release name: a name never carries other bytes.', EXIT.wrongBytes);
}

async function retried<T>(ask: () => Promise<T>, path: string, watch: UploadWatch): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!mayPass(error)) throw error;
      await beforeRetry(error, path, watch, failures);
    }
  }
}

/** A wrong offset means that the portal wrote more or less than it could say; asking for the offset settles it. */
function mayPass(error: unknown): error is CliFailure {
  return error instanceof PortalUnreachable || (error instanceof PortalRefusal && error.code === 'upload-offset');
}

async function beforeRetry(error: CliFailure, path: string, watch: UploadWatch, failures: number): Promise<void> {
  if (failures + 1 >= MOST_FAILURES) throw error;
  watch.onRetry(path, error.detail);
  await pause(Math.min(LONGEST_PAUSE_MS, watch.firstPauseMs * 2 ** failures));
}
