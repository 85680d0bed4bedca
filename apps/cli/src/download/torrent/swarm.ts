import { setInterval } from 'node:timers';

/** The swarm gave nothing for too long, or could not be joined. */
export class SwarmFailed extends Error {}

export interface SwarmWatch {
  /** Bytes that are done with, in steps. */
  onBytes(count: number): void;
  /** How long nothing may come before the swarm is given up. */
  stalledAfterMs: number;
}

/**
 * Of a private torrent: peers come from its tracker alone (BEP 27), and nothing is told to the neighborhood. Plain
 * connections: the portal's seeder speaks no others, and would be reached by a second attempt only.
 */
const CLOSED = { dht: false, lsd: false, utPex: false, natUpnp: false, natPmp: false, utp: false, secure: 0 } as const;
const LOOK_EVERY_MS = 250;

/**
 * Downloads all of a torrent below `folder`, from peers and its webseed; pieces that are there already are checked and kept.
 * Returns the name of the folder in it. It leaves the swarm when it has everything: it is a download, not a seeder.
 * @throws SwarmFailed
 */
export async function downloadFromSwarm(torrent: Uint8Array, folder: string, watch: SwarmWatch): Promise<string> {
  const { default: WebTorrent } = await import('webtorrent').catch((cause: unknown) => {
    throw new SwarmFailed('webtorrent is not installed here', { cause });
  });
  const client = new WebTorrent(CLOSED);
  try {
    return await new Promise((resolve, reject) => {
      const fail = (error: unknown) => reject(new SwarmFailed(error instanceof Error ? error.message : String(error)));
      client.on('error', fail);
      const joined = client.add(torrent, { path: folder });
      joined.on('error', fail);
      // A refusal of the tracker comes as a warning: with a webseed the download may go on without it.
      let said = 'no peer and no webseed gave anything';
      joined.on('warning', (warning: unknown) => (said = warning instanceof Error ? warning.message : String(warning)));
      const timer = follow(joined, watch, () => fail(said));
      joined.once('done', () => {
        clearInterval(timer);
        resolve(joined.name);
      });
    });
  } finally {
    await new Promise<void>((done) => client.destroy(done));
  }
}

/** Tells of progress, and when there was none for too long. */
function follow(joined: { progress: number; length: number }, { onBytes, stalledAfterMs }: SwarmWatch, onStalled: () => void) {
  let told = 0;
  let movedAt = performance.now();
  const timer = setInterval(() => {
    const done = Math.floor(joined.progress * joined.length) || 0;
    if (done !== told) movedAt = performance.now();
    onBytes(done - told);
    told = done;
    if (performance.now() - movedAt < stalledAfterMs) return;
    clearInterval(timer);
    onStalled();
  }, LOOK_EVERY_MS);
  return timer;
}
