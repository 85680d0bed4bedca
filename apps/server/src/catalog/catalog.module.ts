import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogReading } from './catalog-reading.service.js';
import { CatalogController } from './catalog.controller.js';
import { PublishingService } from './publishing.service.js';
import { ArtifactRecord, ModelRecord, ReleaseRecord } from './release.entity.js';
import { TorrentMaking } from './torrents/torrent-making.service.js';
import { GarbageObjects } from './uploads/garbage-objects.js';
import { UploadsController } from './uploads/uploads.controller.js';
import { UploadsService } from './uploads/uploads.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([ModelRecord, ReleaseRecord, ArtifactRecord])],
  controllers: [CatalogController, UploadsController],
  providers: [CatalogReading, PublishingService, TorrentMaking, UploadsService, GarbageObjects],
  exports: [CatalogReading, PublishingService],
})
export class CatalogModule {}
