import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { TrackerModule } from '../tracker/tracker.module.js';
import { SeededTorrents } from './seeded-torrents.js';
import { Seeder } from './seeder.service.js';

@Module({ imports: [DeliveryModule, TrackerModule], providers: [Seeder, SeededTorrents] })
export class SeederModule {}
