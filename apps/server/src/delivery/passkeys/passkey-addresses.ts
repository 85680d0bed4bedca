import { Injectable } from '@nestjs/common';
import { encodeArtifactPath } from '@paddock/delivery';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import type { GatheredFacts } from '../../grants/access-facts.js';
import { Runtime } from '../../http/runtime.js';
import { PasskeysService } from './passkeys.service.js';

/** Where one holder announces and fetches. All of it carries their passkey. */
export interface TorrentAddresses {
  announce: string;
  /** Ends with `/`; clients add the torrent's name and the file's path (BEP 19). */
  webseed: string;
  file(path: string): string;
}

@Injectable()
export class PasskeyAddresses {
  constructor(
    private readonly database: DataSource,
    private readonly passkeys: PasskeysService,
    private readonly runtime: Runtime,
  ) {}

  /** For somebody whom the gate admits. @throws Refusal where nobody holds the grant, or the torrent is not made yet */
  async of({ grant, holder, release }: Pick<GatheredFacts, 'grant' | 'holder' | 'release'>): Promise<TorrentAddresses> {
    if (holder === null) throw new Refusal('channel-not-allowed', 'A torrent is handed to holders of a grant of their own.');
    const [torrent] = await this.database.query<{ name: string }[]>('SELECT name FROM torrent WHERE release_id = $1', [release]);
    if (!torrent) throw new Refusal('torrent-pending', 'Its files are still being hashed.', { retryAfter: 3 });
    const passkey = await this.passkeys.live({ grant, holder, release });
    const webseed = `${this.runtime.publicUrl}/webseed/${passkey}/`;
    return {
      announce: `${this.runtime.publicUrl}/announce/${passkey}`,
      webseed,
      file: (path) => `${webseed}${encodeURIComponent(torrent.name)}/${encodeArtifactPath(path)}`,
    };
  }
}
