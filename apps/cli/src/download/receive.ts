import { text } from 'node:stream/consumers';
import { CliFailure } from '../cli-failure.js';
import { failureOf, PortalUnreachable, reasonOf } from '../portal/portal-failures.js';
import { openLink } from './open-link.js';
import type { PartialFile } from './partial-file.js';

const LONGEST_SILENCE_MS = 60_000;

/**
 * Asks a link for the bytes that a partial file lacks and appends them.
 * @throws PortalUnreachable when it may work later, PortalRefusal when the portal says no
 */
export async function receive(link: URL, part: PartialFile, onBytes: (count: number) => void): Promise<void> {
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(new Error('nothing arrived for a minute')), LONGEST_SILENCE_MS);
  try {
    const headers = { range: `bytes=${part.size}-`, 'accept-encoding': 'identity' };
    const response = await openLink(link, headers, stall.signal);
    const status = response.statusCode ?? 0;
    if (status === 416 || (status === 200 && part.size > 0)) await startOver(part, onBytes);
    if (status === 416) throw new PortalUnreachable(link, 'it has no bytes beyond the ones that are here');
    if (status >= 300) throw failureOf(link, status, await text(response));
    if (status === 206 && !response.headers['content-range']?.startsWith(`bytes ${part.size}-`)) {
      throw new PortalUnreachable(link, 'it answered with another range');
    }
    for await (const bytes of response as AsyncIterable<Uint8Array>) {
      timer.refresh();
      await part.append(bytes);
      onBytes(bytes.length);
    }
  } catch (error) {
    // Writing fails as a CliFailure too, so that whatever else is thrown here came from the connection.
    if (error instanceof CliFailure) throw error;
    throw new PortalUnreachable(link, reasonOf(error), { cause: error });
  } finally {
    clearTimeout(timer);
    stall.abort();
  }
}

async function startOver(part: PartialFile, onBytes: (count: number) => void): Promise<void> {
  onBytes(-part.size);
  await part.restart();
}
