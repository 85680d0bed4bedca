import { Module } from '@nestjs/common';
import { CaptureReading } from './capture/capture-reading.service.js';
import { CaptureSchedule } from './capture/capture-schedule.js';
import { Capturing } from './capture/capturing.service.js';
import { ComparedTexts } from './capture/compared-texts.js';
import { PageCapture } from './capture/page-capture.js';
import { SnapshotPrinting } from './capture/snapshot-printing.js';
import { Timestamping } from './capture/timestamping.js';
import { FeedController } from './feed/feed.controller.js';
import { ArchiveReading } from './memento/archive-reading.service.js';
import { MementoController } from './memento/memento.controller.js';
import { PolicyArchive } from './memento/policy-archive.service.js';
import { TimeGate } from './memento/timegate.service.js';
import { TimeMap } from './memento/timemap.service.js';
import { PoliciesController } from './policies.controller.js';
import { PoliciesService } from './policies.service.js';
import { PolicyLetters } from './policy-letters.js';
import { PolicyReading } from './policy-reading.service.js';
import { KeptTexts } from './snapshots/kept-text.service.js';
import { SnapshotComparison } from './snapshots/snapshot-comparison.service.js';
import { SnapshotDecisions } from './snapshots/snapshot-decisions.service.js';
import { SnapshotWriting } from './snapshots/snapshot-writing.js';
import { SnapshotsController } from './snapshots/snapshots.controller.js';

@Module({
  controllers: [PoliciesController, SnapshotsController, MementoController, FeedController],
  providers: [
    PoliciesService,
    PolicyReading,
    PolicyLetters,
    PageCapture,
    ComparedTexts,
    SnapshotPrinting,
    Timestamping,
    Capturing,
    CaptureReading,
    CaptureSchedule,
    SnapshotWriting,
    SnapshotDecisions,
    SnapshotComparison,
    KeptTexts,
    TimeGate,
    TimeMap,
    ArchiveReading,
    PolicyArchive,
  ],
  exports: [PoliciesService, PolicyReading, PolicyArchive, SnapshotComparison],
})
export class PoliciesModule {}
