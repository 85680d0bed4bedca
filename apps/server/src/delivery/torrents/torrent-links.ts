import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LinkedArtifactFacts } from '../../grants/access-facts.js';
import { GateService } from '../../grants/gate.service.js';
import { LinkKeys } from '../links/link-keys.js';

/** What a link signs for its .torrent, below `/d/<link>/`. */
export const TORRENT = '-/release.torrent';

/** The address of a link's .torrent, where it has one. */
@Injectable()
export class TorrentLinks {
  constructor(
    private readonly database: DataSource,
    private readonly gate: GateService,
    private readonly keys: LinkKeys,
  ) {}

  async of(link: string, gathered: LinkedArtifactFacts): Promise<string | undefined> {
    if (gathered.holder === null || !this.gate.allows(gathered, 'torrent')) return undefined;
    const rows = await this.database.query<unknown[]>(
      'SELECT FROM link x JOIN torrent t ON t.release_id = x.release_id WHERE x.id = $1 AND x.paths IS NULL',
      [link],
    );
    return rows.length > 0 ? this.keys.url(link, TORRENT, new Date(gathered.expiresAt)) : undefined;
  }
}
