import { Injectable } from '@nestjs/common';
import type { CreateLinks } from '@paddock/contracts';
import { contentDisposition } from '@paddock/delivery';
import type { GatheredFacts } from '../../grants/access-facts.js';
import { GateService } from '../../grants/gate.service.js';
import { Runtime } from '../../http/runtime.js';
import { HandOver } from '../hand-over.js';
import { PasskeyAddresses } from '../passkeys/passkey-addresses.js';
import { LinkKeys } from './link-keys.js';

export interface ArtifactRow {
  path: string;
  size: number;
  sha256: string;
  access: 'gated' | 'public';
  storage_key: string;
  has_torrent: boolean;
}

export interface IssuedLink {
  id: string;
  expiresAt: Date;
  channel: CreateLinks['channel'];
  /** Whether it is of the whole release, as a torrent is. */
  whole: boolean;
}

/** What is answered to whoever was just given a link. */
@Injectable()
export class IssuedManifest {
  constructor(
    private readonly runtime: Runtime,
    private readonly gate: GateService,
    private readonly keys: LinkKeys,
    private readonly passkeys: PasskeyAddresses,
    private readonly handOver: HandOver,
  ) {}

  async of(gathered: GatheredFacts, link: IssuedLink, artifacts: ArtifactRow[]) {
    const urlOf = await this.addresses(gathered, link);
    const own = (file: string) => this.keys.url(link.id, file, link.expiresAt);
    return {
      link: link.id,
      model: gathered.modelSlug,
      release: gathered.releaseName,
      channel: link.channel,
      expiresAt: link.expiresAt.toISOString(),
      outlivesRevocationBySeconds: this.outlives(link),
      cutsRunning: link.channel === 'link' && this.handOver.cutsRunning,
      artifacts: artifacts.map((artifact) => ({
        path: artifact.path,
        size: artifact.size,
        sha256: artifact.sha256,
        url: urlOf(artifact),
      })),
      script: own('-/download.sh'),
      aria2: own('-/aria2.txt'),
      metalink: own('-/release.meta4'),
      torrent: this.hasTorrent(gathered, link, artifacts) ? own('-/release.torrent') : null,
    };
  }

  private async addresses(gathered: GatheredFacts, { id, channel, expiresAt }: IssuedLink): Promise<(artifact: ArtifactRow) => string> {
    if (channel === 'direct') return (artifact) => this.presigned(artifact, expiresAt);
    if (channel === 'link') return ({ path }) => this.keys.url(id, path, expiresAt);
    const torrent = await this.passkeys.of(gathered);
    return ({ path }) => torrent.file(path);
  }

  private hasTorrent(gathered: GatheredFacts, { whole }: IssuedLink, [artifact]: ArtifactRow[]): boolean {
    return whole && artifact?.has_torrent === true && gathered.holder !== null && this.gate.allows(gathered, 'torrent');
  }

  private presigned(artifact: ArtifactRow, expiresAt: Date): string {
    const now = this.runtime.now();
    const expiresIn = Math.max(1, Math.floor((expiresAt.getTime() - now.getTime()) / 1000));
    return this.runtime.store.presign!({
      method: 'GET',
      key: artifact.storage_key,
      expiresIn,
      now,
      contentDisposition: contentDisposition(artifact.path),
    });
  }

  /** Each request is asked again; a redirected URL lives as long as it was signed for; what peers hold is theirs. */
  private outlives({ channel, expiresAt }: IssuedLink): number | null {
    if (channel === 'torrent') return null;
    if (channel === 'direct') return Math.round((expiresAt.getTime() - this.runtime.now().getTime()) / 1000);
    return this.runtime.store.presign ? this.runtime.config.PADDOCK_PRESIGN_SECONDS : 1;
  }
}
