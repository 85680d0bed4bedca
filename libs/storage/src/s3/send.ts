import type { Readable, Writable } from 'node:stream';
import { SinkWriter } from '../sink-writer.js';
import { s3Failure } from './failure.js';

/** Copies a body to a sink and lets go of the connection at once when the sending ends early. */
export async function sendBody(open: (ended: AbortSignal) => Promise<Readable>, sink: Writable, signal: AbortSignal): Promise<number> {
  const ended = new AbortController();
  let body: Readable | undefined;
  const writer = new SinkWriter(sink, signal, () => {
    ended.abort();
    body?.destroy();
  });
  try {
    if (!writer.open) return 0;
    body = await open(ended.signal);
    for await (const chunk of body) {
      await writer.write(chunk);
      if (!writer.open) break;
    }
  } catch (error) {
    if (writer.open) throw s3Failure('the object broke off', error);
  } finally {
    writer.release();
    body?.destroy();
  }
  return writer.taken;
}
