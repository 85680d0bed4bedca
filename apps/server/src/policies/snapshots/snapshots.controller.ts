import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CaptureNow, CompareSnapshots, DismissSnapshot, DraftText, Id, MakeEffective, Name, Paging, PublishText } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { CaptureReading } from '../capture/capture-reading.service.js';
import { Capturing } from '../capture/capturing.service.js';
import { PolicyReading } from '../policy-reading.service.js';
import { KeptTexts } from './kept-text.service.js';
import { SnapshotComparison } from './snapshot-comparison.service.js';
import { SnapshotDecisions } from './snapshot-decisions.service.js';

const Slug = { schema: Name };

/** From the look at a source to the text in force. */
@Controller('api/v1/policies/:slug')
export class SnapshotsController {
  constructor(
    private readonly reading: PolicyReading,
    private readonly capturing: Capturing,
    private readonly captures: CaptureReading,
    private readonly decisions: SnapshotDecisions,
    private readonly comparison: SnapshotComparison,
    private readonly texts: KeptTexts,
  ) {}

  @Get('snapshots')
  @Allow('anyone')
  snapshots(@Param('slug', Slug) slug: string, @Query({ schema: Paging }) query: Paging) {
    return this.reading.snapshots(slug, query);
  }

  @Post('captures')
  @Allow('publish')
  async capture(@Person() actor: PersonActor, @Param('slug', Slug) slug: string, @Body({ schema: CaptureNow }) { despite }: CaptureNow) {
    return this.captures.find(slug, await this.capturing.captureNow(actor, slug, despite));
  }

  @Get('captures')
  @Allow('publish')
  list(@Person() actor: PersonActor, @Param('slug', Slug) slug: string, @Query({ schema: Paging }) query: Paging) {
    return this.captures.list(actor, slug, query);
  }

  @Post('texts')
  @Allow('publish')
  publish(@Person() actor: PersonActor, @Param('slug', Slug) slug: string, @Body({ schema: PublishText }) body: PublishText) {
    return this.texts.publish(actor, slug, body);
  }

  @Post('snapshots/:id/effective')
  @HttpCode(200)
  @Allow('publish')
  makeEffective(
    @Person() actor: PersonActor,
    @Param('slug', Slug) slug: string,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: MakeEffective }) body: MakeEffective,
  ) {
    return this.decisions.makeEffective(actor, slug, id, body);
  }

  @Post('snapshots/:id/dismiss')
  @HttpCode(200)
  @Allow('publish')
  dismiss(
    @Person() actor: PersonActor,
    @Param('slug', Slug) slug: string,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: DismissSnapshot }) { reason }: DismissSnapshot,
  ) {
    return this.decisions.dismiss(actor, slug, id, reason);
  }

  @Get('diff')
  @Allow('anyone')
  compare(@Param('slug', Slug) slug: string, @Query({ schema: CompareSnapshots }) { from, to }: CompareSnapshots) {
    return this.comparison.compare(slug, from, to);
  }

  @Post('diff')
  @HttpCode(200)
  @Allow('publish')
  compareDraft(@Person() actor: PersonActor, @Param('slug', Slug) slug: string, @Body({ schema: DraftText }) { text }: DraftText) {
    return this.comparison.draft(actor, slug, text);
  }
}
