import { CliFailure, EXIT } from '../cli-failure.js';
import { Patience } from '../portal/patience.js';
import type { Portal } from '../portal/portal.js';
import { PortalRefusal, PortalUnreachable } from '../portal/portal-failures.js';
import type { TransferWatch } from '../portal/transfer-watch.js';
import { HashingReader } from './hashing-reader.js';
import type { Access, PublishingApi, Upload } from './publishing-api.js';
import type { LocalFile } from './scan-directory.js';
import { sendFile } from './send-file.js';

/** The routes of one upload. */
export interface UploadDoor {
  portal: Portal;
  find(id: string): Promise<Upload>;
  urlOf(id: string): URL;
  read(url: URL, status: number, text: string): Upload;
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
 * After each loss of the connection it asks for the offset and goes on from there.
 */
export async function uploadFile(
  api: PublishingApi,
  file: LocalFile,
  { access, releaseSize }: { access: Access; releaseSize: number },
  watch: TransferWatch,
): Promise<UploadedFile> {
  const reader = new HashingReader(file);
  const patience = new Patience(watch.firstPauseMs);
  try {
    let upload = await untilAnswered(
      () => api.openUpload({ path: file.path, size: file.size, access, releaseSize }),
      file.path,
      patience,
      watch,
    );
    const sent = upload.state === 'open';
    watch.onBytes(sent ? upload.offset : 0);
    upload = await sendAll(api, upload, reader, patience, watch);
    const sha256 = await compare(upload, reader, sent);
    if (!sent) watch.onBytes(file.size);
    watch.onFile(file.path, sent);
    return { path: file.path, size: file.size, sha256, sent };
  } finally {
    reader.close();
  }
}

/** From wherever the portal stands to the end; returns the complete upload. */
export async function sendAll(
  door: UploadDoor,
  opened: Upload,
  reader: HashingReader,
  patience: Patience,
  watch: TransferWatch,
): Promise<Upload> {
  let upload = opened;
  while (upload.state === 'open') upload = await sendRest(door, upload, reader, patience, watch);
  return upload;
}

/** Asks where the portal stands after a failure, since only it knows how much of what was sent has arrived. */
async function sendRest(
  door: UploadDoor,
  upload: Upload,
  reader: HashingReader,
  patience: Patience,
  watch: TransferWatch,
): Promise<Upload> {
  const url = door.urlOf(upload.id);
  let counted = upload.offset;
  const onSent = (bytes: number) => {
    counted += bytes;
    watch.onBytes(bytes);
  };
  try {
    const target = { url, authorization: door.portal.authorization, offset: upload.offset };
    const { status, text } = await sendFile(target, reader, onSent);
    return door.read(url, status, text);
  } catch (error) {
    if (!mayPass(error)) throw error;
    watch.onRetry(reader.file.path, error.detail);
    await patience.wait(error);
    const found = await untilAnswered(() => door.find(upload.id), reader.file.path, patience, watch);
    if (found.offset > upload.offset) patience.progressed();
    watch.onBytes(found.offset - counted);
    return found;
  }
}

export async function untilAnswered<T>(ask: () => Promise<T>, path: string, patience: Patience, watch: TransferWatch): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!mayPass(error)) throw error;
      watch.onRetry(path, error.detail);
      await patience.wait(error);
    }
  }
}

/** A wrong offset means that the portal wrote more or less than it could say; asking for the offset settles it. */
function mayPass(error: unknown): error is CliFailure {
  return error instanceof PortalUnreachable || (error instanceof PortalRefusal && error.code === 'upload-offset');
}

async function compare(upload: Upload, reader: HashingReader, sent: boolean): Promise<string> {
  const { file } = reader;
  await reader.hashUpTo(file.size, Buffer.allocUnsafeSlow(512 * 1024));
  const sha256 = reader.digest();
  if (upload.sha256 === sha256) return sha256;
  const found = `here ${sha256}, on the portal ${upload.sha256 ?? 'not stated'}`;
  const [code, detail, remedy] = sent
    ? ['sha256-mismatch', 'arrived with other bytes', 'Check this disk and the network, and publish under a new release name.']
    : ['artifact-changed', 'is on the portal already with other bytes', 'Use a new release name: a name never carries other bytes.'];
  throw new CliFailure(code!, `${file.path} ${detail} (${found})`, remedy!, EXIT.wrongBytes);
}
