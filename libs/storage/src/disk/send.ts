import type { FileHandle } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { AdapterFailure } from '@paddock/domain';
import type { ByteRange } from '../object-store.js';
import { SinkWriter } from '../sink-writer.js';

const blockSize = 1024 * 1024;

/**
 * Sends a range of an open file: one block is read while the other is being written, and a block is used again only
 * after the sink has called back. Two large blocks were measured at 2.5 times and more of createReadStream().pipe().
 */
export async function sendFile(file: FileHandle, sink: Writable, range: ByteRange, signal: AbortSignal): Promise<number> {
  const writer = new SinkWriter(sink, signal);
  try {
    await sendBlocks(file, writer, range);
    return writer.taken;
  } finally {
    writer.release();
  }
}

async function sendBlocks(file: FileHandle, writer: SinkWriter, range: ByteRange): Promise<void> {
  const size = Math.min(blockSize, range.last - range.first + 1);
  let [reading, writing] = [Buffer.allocUnsafeSlow(size), Buffer.allocUnsafeSlow(size)];
  let position = range.first;
  const readNext = async (): Promise<number> => {
    const wanted = Math.min(size, range.last - position + 1);
    if (wanted <= 0) return 0;
    const { bytesRead } = await file.read(reading, 0, wanted, position);
    if (bytesRead === 0) throw new AdapterFailure('disk store', `the file ended at byte ${position}, before its range did`, false);
    position += bytesRead;
    return bytesRead;
  };
  if (!writer.open) return;
  let filled = await readNext();
  while (filled > 0 && writer.open) {
    [reading, writing] = [writing, reading];
    const written = writer.write(writing.subarray(0, filled));
    [filled] = await Promise.all([readNext(), written]);
  }
}
