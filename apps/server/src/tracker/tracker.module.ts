import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { Announcing } from './announcing.js';
import { SightingsController } from './sightings/sightings.controller.js';
import { SightingsService } from './sightings/sightings.service.js';
import { TrackerDoor } from './tracker-door.js';
import { TrackerController } from './tracker.controller.js';
import { UsageReading } from './usage/usage-reading.service.js';
import { UsageController } from './usage/usage.controller.js';

@Module({
  imports: [DeliveryModule],
  controllers: [TrackerController, SightingsController, UsageController],
  providers: [Announcing, TrackerDoor, SightingsService, UsageReading],
  exports: [Announcing],
})
export class TrackerModule {}
