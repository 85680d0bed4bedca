import { Module } from '@nestjs/common';
import { GrantsModule } from '../grants/grants.module.js';
import { HandOver } from './hand-over.js';
import { DownloadController } from './links/download.controller.js';
import { DownloadService } from './links/download.service.js';
import { IssuedManifest } from './links/issued-manifest.js';
import { LinkKeys } from './links/link-keys.js';
import { LinkLedger } from './links/link-ledger.js';
import { LinkSending } from './links/link-sending.js';
import { LinksController } from './links/links.controller.js';
import { LinksService } from './links/links.service.js';
import { ManifestOfLink } from './links/manifest-of-link.js';
import { PasskeyAddresses } from './passkeys/passkey-addresses.js';
import { PasskeyGate } from './passkeys/passkey-gate.js';
import { PasskeyUsage } from './passkeys/passkey-usage.js';
import { PasskeysController } from './passkeys/passkeys.controller.js';
import { PasskeysService } from './passkeys/passkeys.service.js';
import { TorrentFileController } from './torrents/torrent-file.controller.js';
import { TorrentFiles } from './torrents/torrent-files.service.js';
import { TorrentLinks } from './torrents/torrent-links.js';
import { ProgressController } from './progress/progress.controller.js';
import { ProgressService } from './progress/progress.service.js';
import { RunningTransfers } from './progress/running-transfers.js';
import { ReadableController } from './readable/readable.controller.js';
import { ReadableTexts } from './readable/readable-texts.service.js';
import { Transfer } from './transfer.js';
import { WebseedController } from './webseed/webseed.controller.js';
import { WebseedService } from './webseed/webseed.service.js';

@Module({
  imports: [GrantsModule],
  controllers: [
    LinksController,
    TorrentFileController,
    DownloadController,
    PasskeysController,
    WebseedController,
    ReadableController,
    ProgressController,
  ],
  providers: [
    LinksService,
    DownloadService,
    IssuedManifest,
    ManifestOfLink,
    LinkKeys,
    LinkLedger,
    LinkSending,
    PasskeysService,
    PasskeyAddresses,
    PasskeyGate,
    PasskeyUsage,
    TorrentFiles,
    TorrentLinks,
    WebseedService,
    ReadableTexts,
    ProgressService,
    RunningTransfers,
    HandOver,
    Transfer,
  ],
  exports: [HandOver, PasskeyGate, PasskeyUsage, Transfer],
})
export class DeliveryModule {}
