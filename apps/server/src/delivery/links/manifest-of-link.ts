import { Injectable } from '@nestjs/common';
import type { LinkManifest, LinkQuery } from '@paddock/delivery';
import { DataSource } from 'typeorm';
import type { LinkedArtifactFacts } from '../../grants/access-facts.js';
import type { Actor } from '../../http/actor.js';
import { PasskeyAddresses } from '../passkeys/passkey-addresses.js';
import { DownloadService } from './download.service.js';
import { LinkKeys } from './link-keys.js';

/** The manifest of a link that was issued before: the same files, signed until the same moment. */
@Injectable()
export class ManifestOfLink {
  constructor(
    private readonly database: DataSource,
    private readonly downloads: DownloadService,
    private readonly keys: LinkKeys,
    private readonly passkeys: PasskeyAddresses,
  ) {}

  async of(actor: Actor, link: string, path: string, query: LinkQuery): Promise<{ gathered: LinkedArtifactFacts; manifest: LinkManifest }> {
    const gathered = await this.downloads.admit(actor, { link, path, query }, channelOfLink);
    const expiresAt = new Date(gathered.expiresAt);
    const artifacts = await this.database.query<{ path: string; size: number; sha256: string }[]>(
      `SELECT a.path, a.size::float8, a.sha256 FROM link x JOIN artifact a ON a.release_id = x.release_id
       WHERE x.id = $1 AND (x.paths IS NULL OR a.path = ANY (x.paths)) AND ($2 OR a.access = 'public') ORDER BY a.path`,
      [link, gathered.facts.grantReach !== 'public-artifacts'],
    );
    const torrent = gathered.channel === 'torrent' ? await this.passkeys.of(gathered) : undefined;
    const urlOf = (file: string) => torrent?.file(file) ?? this.keys.url(link, file, expiresAt);
    const linked = artifacts.map((artifact) => ({ ...artifact, url: urlOf(artifact.path) }));
    return { gathered, manifest: { model: gathered.modelSlug, release: gathered.releaseName, expiresAt, artifacts: linked } };
  }
}

/** What a link of the channel `torrent` names goes by the passkey, and is asked for as such. */
function channelOfLink({ channel }: LinkedArtifactFacts): 'link' | 'torrent' {
  return channel === 'torrent' ? 'torrent' : 'link';
}
