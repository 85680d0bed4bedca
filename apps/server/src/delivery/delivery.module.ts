import { Module } from '@nestjs/common';
import { GrantsModule } from '../grants/grants.module.js';
import { DownloadController } from './download.controller.js';
import { DownloadService } from './download.service.js';
import { LinkKeys } from './link-keys.js';
import { LinkLedger } from './link-ledger.js';
import { LinksController } from './links.controller.js';
import { LinksService } from './links.service.js';
import { ManifestOfLink } from './manifest-of-link.js';
import { Transfer } from './transfer.js';

@Module({
  imports: [GrantsModule],
  controllers: [LinksController, DownloadController],
  providers: [LinksService, DownloadService, ManifestOfLink, LinkKeys, LinkLedger, Transfer],
})
export class DeliveryModule {}
