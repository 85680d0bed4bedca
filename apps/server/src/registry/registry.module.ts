import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { GrantsModule } from '../grants/grants.module.js';
import { BlobAnswers } from './pulls/blob-answers.js';
import { BlobPulls } from './pulls/blob-pulls.js';
import { BlobSending } from './pulls/blob-sending.js';
import { BlobsService } from './pulls/blobs.service.js';
import { Discovery } from './pulls/discovery.service.js';
import { ImagePulls } from './pulls/image-pulls.js';
import { ManifestsService } from './pulls/manifests.service.js';
import { PullGate } from './pulls/pull-gate.js';
import { PullLedger } from './pulls/pull-ledger.js';
import { ReadOnlyDoor } from './pulls/read-only-door.js';
import { RegistryAnswers } from './pulls/registry-answers.js';
import { RegistryCallers } from './pulls/registry-callers.js';
import { RegistryController } from './pulls/registry.controller.js';
import { Repositories } from './pulls/repositories.js';
import { InstructionsService } from './releases/instructions.service.js';
import { ReleaseLayouts } from './releases/release-layouts.service.js';
import { ReleasesController } from './releases/releases.controller.js';
import { Verifications } from './releases/verifications.service.js';
import { BlobGarbage } from './runtimes/blob-garbage.js';
import { BlobUploads } from './runtimes/blob-uploads.service.js';
import { ManifestPutting } from './runtimes/manifest-putting.js';
import { RuntimeReading } from './runtimes/runtime-reading.js';
import { RuntimesController } from './runtimes/runtimes.controller.js';
import { RuntimesService } from './runtimes/runtimes.service.js';

@Module({
  imports: [CatalogModule, GrantsModule, DeliveryModule],
  controllers: [RegistryController, RuntimesController, ReleasesController],
  providers: [
    RegistryAnswers,
    RegistryCallers,
    Repositories,
    ReadOnlyDoor,
    PullGate,
    PullLedger,
    ImagePulls,
    ManifestsService,
    BlobsService,
    BlobAnswers,
    BlobPulls,
    BlobSending,
    Discovery,
    RuntimesService,
    RuntimeReading,
    BlobUploads,
    ManifestPutting,
    BlobGarbage,
    ReleaseLayouts,
    InstructionsService,
    Verifications,
  ],
})
export class RegistryModule {}
