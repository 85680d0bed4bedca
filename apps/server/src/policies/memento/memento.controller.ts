import { Controller, Get, Header, Headers, HttpStatus, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { Id, Name, TimeMapAsked, TimestampPlace } from '@paddock/contracts';
import { acceptDatetime, linkFormat, Refusal } from '@paddock/domain';
import type { FastifyReply } from 'fastify';
import { Allow, Caller, type Actor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { CaptureReading } from '../capture/capture-reading.service.js';
import { ArchiveReading } from './archive-reading.service.js';
import { TimeGate } from './timegate.service.js';
import { TimeMap } from './timemap.service.js';

/** The archive as machines walk it: Memento (RFC 7089), and the evidence behind each snapshot. */
@Controller('policies/:slug')
export class MementoController {
  constructor(
    private readonly runtime: Runtime,
    private readonly timegate: TimeGate,
    private readonly timemap: TimeMap,
    private readonly archive: ArchiveReading,
    private readonly captures: CaptureReading,
  ) {}

  @Get('timegate')
  @Header('vary', 'accept-datetime')
  @Allow('anyone')
  async negotiate(
    @Param('slug', { schema: Name }) slug: string,
    @Headers('accept-datetime') asked: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const at = asked === undefined ? this.runtime.now() : acceptDatetime(asked);
    if (!at)
      throw new Refusal('malformed-request', 'Accept-Datetime must look like `Thu, 31 May 2007 20:35:00 GMT`.', {
        header: 'accept-datetime',
      });
    const { url, links } = await this.timegate.select(slug, at);
    reply.header('link', linkFormat(links)).status(HttpStatus.FOUND).header('location', url);
  }

  @Get('timemap')
  @Allow('anyone')
  async map(
    @Param('slug', { schema: Name }) slug: string,
    @Query({ schema: TimeMapAsked }) { page, format }: TimeMapAsked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const map = await this.timemap.page(slug, page);
    if (format === 'json') return this.timemap.json(slug, map);
    reply.header('content-type', 'application/link-format; charset=utf-8');
    return `${linkFormat(this.timemap.links(slug, map), ',\n')}\n`;
  }

  @Get('snapshots/:moment/timestamps/:n')
  @Header('content-type', 'application/timestamp-token')
  @Allow('anyone')
  timestamp(
    @Param('slug', { schema: Name }) slug: string,
    @Param('moment', { schema: Name }) moment: string,
    @Param('n', { schema: TimestampPlace }) n: number,
  ) {
    return this.archive.timestamp(slug, moment, n);
  }

  @Get('captures/:id/warc')
  @Allow('anyone')
  async warc(@Caller() actor: Actor, @Param('slug', { schema: Name }) slug: string, @Param('id', { schema: Id }) id: string) {
    const options = { type: 'application/warc', disposition: `attachment; filename="${slug}-${id}.warc.gz"` };
    return new StreamableFile(await this.captures.warc(actor, slug, id), options);
  }
}
