import type { Descriptor } from '@paddock/domain';
import { Patience } from '../portal/patience.js';
import { PortalRefusal } from '../portal/portal-failures.js';
import { someAtOnce } from '../portal/some-at-once.js';
import type { TransferWatch } from '../portal/transfer-watch.js';
import { HashingReader } from '../publish/hashing-reader.js';
import { sendAll, untilAnswered } from '../publish/upload-file.js';
import type { ImageGraph } from './image-graph.js';
import type { RuntimesApi } from './runtimes-api.js';
import { wrongBytes, type ImageSource } from './sources/image-source.js';

/** Small layers cost a request each, and little else. */
const BLOBS_AT_ONCE = 4;
const AGAIN = 'Wait until nothing writes to the source and run the command again.';

/**
 * Sends what the portal lacks of the image, and its manifests when all of that is there; the tag comes with the last.
 * Run again after any failure it goes on from there.
 */
export async function importImage(
  api: RuntimesApi,
  source: ImageSource,
  { manifests, blobs }: ImageGraph,
  tags: readonly string[],
  watch: TransferWatch,
): Promise<{ digest: string; sent: number }> {
  let sent = 0;
  await someAtOnce(blobs, BLOBS_AT_ONCE, async (blob) => {
    if (await sendBlob(api, source, blob, watch)) sent += blob.size;
  });
  for (const [index, { content, bytes }] of manifests.entries())
    await api.putManifest(content, bytes, index === manifests.length - 1 ? tags : []);
  return { digest: manifests.at(-1)!.content.digest, sent };
}

/** False where the publisher had the blob already. */
async function sendBlob(api: RuntimesApi, source: ImageSource, blob: Descriptor, watch: TransferWatch): Promise<boolean> {
  const patience = new Patience(watch.firstPauseMs);
  const opened = await untilAnswered(() => api.openBlob(blob), blob.digest, patience, watch);
  if (opened.state === 'complete') {
    watch.onBytes(blob.size);
    watch.onFile(blob.digest, false);
    return false;
  }
  const { file, done } = await source.blob(blob);
  try {
    const reader = new HashingReader(file, AGAIN);
    try {
      watch.onBytes(opened.offset);
      await sendAll(api, opened, reader, patience, watch);
    } catch (error) {
      if (error instanceof PortalRefusal && error.code === 'digest-mismatch') throw wrongBytes(blob.digest, 'is something else');
      throw error;
    } finally {
      reader.close();
    }
  } finally {
    await done();
  }
  watch.onFile(blob.digest, true);
  return true;
}
