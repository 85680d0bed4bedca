import { CliFailure } from '../cli-failure.js';
import { failureOf, PortalUnreachable, reasonOf } from '../portal/portal-failures.js';
import type { PartialFile } from './partial-file.js';

const LONGEST_SILENCE_MS = 60_000;

/**
 * Asks a link for the bytes that a partial file lacks and appends them. No token is sent: the link is the credential,
 * so redirects to a store or a CDN may be followed.
 * @throws PortalUnreachable when it may work later, PortalRefusal when the portal says no
 */
export async function receive(link: URL, part: PartialFile, onBytes: (count: number) => void): Promise<void> {
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(new Error('nothing arrived for a minute')), LONGEST_SILENCE_MS);
  try {
    const headers = { range: `bytes=${part.size}-`, 'accept-encoding': 'identity' };
    const response = await fetch(link, { headers, signal: stall.signal });
    if (response.status === 416) await startOver(part, onBytes);
    if (!response.ok) throw failureOf(link, response.status === 416 ? 503 : response.status, await response.text());
    if (!continues(response, part.size)) await startOver(part, onBytes);
    for await (const bytes of response.body ?? []) {
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

function continues(response: Response, offset: number): boolean {
  return response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${offset}-`) === true;
}
