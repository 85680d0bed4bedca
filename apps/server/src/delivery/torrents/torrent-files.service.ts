import { Injectable } from '@nestjs/common';
import { metalink, torrentFile, type LinkQuery } from '@paddock/delivery';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import type { Actor } from '../../http/actor.js';
import { DownloadService } from '../links/download.service.js';
import { ManifestOfLink } from '../links/manifest-of-link.js';
import { PasskeyAddresses } from '../passkeys/passkey-addresses.js';
import { TORRENT, TorrentLinks } from './torrent-links.js';

interface TorrentRow {
  name: string;
  info: Buffer;
  pieceLayers: Buffer;
}

@Injectable()
export class TorrentFiles {
  constructor(
    private readonly database: DataSource,
    private readonly downloads: DownloadService,
    private readonly manifests: ManifestOfLink,
    private readonly passkeys: PasskeyAddresses,
    private readonly links: TorrentLinks,
  ) {}

  /** The .torrent of the link's holder: the release's metainfo with their passkey in it. */
  async torrent(actor: Actor, link: string, query: LinkQuery): Promise<{ name: string; bytes: Buffer }> {
    const gathered = await this.downloads.admit(actor, { link, path: TORRENT, query }, () => 'torrent');
    const { announce, webseed } = await this.passkeys.of(gathered);
    const [torrent] = await this.database.query<TorrentRow[]>(
      'SELECT name, info, piece_layers AS "pieceLayers" FROM torrent WHERE release_id = $1',
      [gathered.release],
    );
    if (!torrent) throw new Refusal('torrent-pending', 'Its files are still being hashed.');
    const comment = `${gathered.modelSlug} ${gathered.releaseName}, for its licensee alone`;
    return { name: torrent.name, bytes: torrentFile(torrent, { announce, webseed, comment }) };
  }

  /** RFC 5854: every file with its hash and link, and the torrent where the holder may have it. */
  async metalink(actor: Actor, link: string, query: LinkQuery): Promise<{ name: string; text: string }> {
    const { gathered, manifest } = await this.manifests.of(actor, link, '-/release.meta4', query);
    const torrent = await this.links.of(link, gathered);
    return { name: `${manifest.model}-${manifest.release}`, text: metalink(manifest, torrent) };
  }
}
