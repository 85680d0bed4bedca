import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  CompareVersions,
  CreateLicense,
  CreateLicenseVersion,
  DraftText,
  ListLicenses,
  Name,
  Sha256,
  VersionNumber,
} from '@paddock/contracts';
import type { FastifyReply } from 'fastify';
import { Allow, Caller, Person, type Actor, type PersonActor } from '../http/actor.js';
import { AgreementsService } from './agreements.service.js';
import { LicenseAttribution } from './license-attribution.service.js';
import { LicenseComparison } from './license-comparison.service.js';
import { LicenseReading } from './license-reading.service.js';
import { LicensesService } from './licenses.service.js';

@Controller()
export class LicensesController {
  constructor(
    private readonly licenses: LicensesService,
    private readonly reading: LicenseReading,
    private readonly comparison: LicenseComparison,
    private readonly attribution: LicenseAttribution,
    private readonly agreements: AgreementsService,
  ) {}

  @Get('api/v1/licenses')
  @Allow('anyone')
  list(@Caller() actor: Actor, @Query({ schema: ListLicenses }) query: ListLicenses) {
    return this.reading.list(actor, query);
  }

  @Post('api/v1/licenses')
  @Allow('publish')
  create(@Person() actor: PersonActor, @Body({ schema: CreateLicense }) body: CreateLicense) {
    return this.licenses.create(actor, body);
  }

  @Post('api/v1/licenses/:license/versions')
  @Allow('publish')
  async addVersion(
    @Person() actor: PersonActor,
    @Param('license', { schema: Name }) license: string,
    @Body({ schema: CreateLicenseVersion }) body: CreateLicenseVersion,
  ) {
    await this.licenses.addVersion(actor, license, body);
    return this.reading.find(actor, license);
  }

  @Get('api/v1/licenses/:license')
  @Allow('anyone')
  find(@Caller() actor: Actor, @Param('license', { schema: Name }) license: string) {
    return this.reading.find(actor, license);
  }

  @Get('api/v1/licenses/:license/diff')
  @Allow('anyone')
  compare(
    @Caller() actor: Actor,
    @Param('license', { schema: Name }) license: string,
    @Query({ schema: CompareVersions }) { from, to }: CompareVersions,
  ) {
    return this.comparison.compare(actor, license, from, to);
  }

  @Post('api/v1/licenses/:license/diff')
  @HttpCode(200)
  @Allow('publish')
  compareDraft(
    @Person() actor: PersonActor,
    @Param('license', { schema: Name }) license: string,
    @Body({ schema: DraftText }) { text }: DraftText,
  ) {
    return this.comparison.draft(actor, license, text);
  }

  @Get('api/v1/licenses/:license/versions/:n/attribution')
  @Allow('anyone')
  async attributionFile(
    @Caller() actor: Actor,
    @Param('license', { schema: Name }) license: string,
    @Param('n', { schema: VersionNumber }) n: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { name, text } = await this.attribution.file(actor, license, n);
    const ascii = name.replaceAll(/[^\w. -]/g, '_');
    reply.header('content-disposition', `attachment; filename="${ascii}"`).type('text/plain; charset=utf-8');
    return text;
  }

  @Get('api/v1/agreements/:id')
  @Allow('anyone')
  agreement(@Caller() actor: Actor, @Param('id', { schema: Sha256 }) id: string) {
    return this.agreements.find(actor, id);
  }

  /** The exact bytes, as text: what was written by others is never rendered as a page of ours. */
  @Get('documents/:sha256')
  @Header('x-content-type-options', 'nosniff')
  @Allow('anyone')
  async document(
    @Caller() actor: Actor,
    @Param('sha256', { schema: Sha256 }) sha256: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const document = await this.reading.document(actor, sha256);
    reply
      .header('content-type', document.media_type.startsWith('text/') ? 'text/plain; charset=utf-8' : document.media_type)
      .header('etag', `"${sha256}"`);
    return document.bytes;
  }
}
