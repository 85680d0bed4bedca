import { tilePath, type LogSource, type Tile } from '@paddock/ledger';
import * as z from 'zod';
import { parsed, PortalUnreachable, reasonOf } from '../portal/portal-failures.js';

const PATIENCE_MS = 30_000;
const Keys = z.looseObject({ keys: z.array(z.looseObject({ vkey: z.string() })) });

/** The log of a portal as anyone may read it: C2SP tlog-tiles over HTTP. Throws PortalUnreachable where it cannot be read. */
export class PublishedLog implements LogSource {
  constructor(private readonly origin: string) {}

  tile(tile: Tile): Promise<Uint8Array | undefined> {
    return this.get(`/ledger/${tilePath(tile)}`);
  }

  published(): Promise<Uint8Array | undefined> {
    return this.get('/ledger/checkpoint');
  }

  /** What the portal says that its keys are. */
  async vkeys(): Promise<string[]> {
    const bytes = await this.get('/.well-known/paddock-ledger-keys');
    const answer = Keys.safeParse(parsed(new TextDecoder().decode(bytes)));
    return answer.success ? answer.data.keys.map(({ vkey }) => vkey) : [];
  }

  /** Undefined for what is not there. */
  private async get(path: string): Promise<Uint8Array | undefined> {
    const url = new URL(path, this.origin);
    try {
      const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
      if (response.status === 404) return undefined;
      if (!response.ok) throw new Error(`it answered ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      throw new PortalUnreachable(url, reasonOf(cause), { cause });
    }
  }
}
