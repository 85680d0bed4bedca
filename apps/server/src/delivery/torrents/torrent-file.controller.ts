import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { LinkQuery } from '@paddock/delivery';
import type { FastifyReply } from 'fastify';
import { Allow, Caller, type Actor } from '../../http/actor.js';
import { TorrentFiles } from './torrent-files.service.js';

/** What torrent and metalink clients are handed by a signed link, for as long as the link lives. */
@Controller('d/:link/-')
export class TorrentFileController {
  constructor(private readonly files: TorrentFiles) {}

  @Get('release.torrent')
  @Allow('anyone')
  async torrent(
    @Caller() actor: Actor,
    @Param('link') link: string,
    @Query() query: LinkQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { name, bytes } = await this.files.torrent(actor, link, query);
    handOut(reply, 'application/x-bittorrent', `${name}.torrent`);
    return bytes;
  }

  @Get('release.meta4')
  @Allow('anyone')
  async metalink(
    @Caller() actor: Actor,
    @Param('link') link: string,
    @Query() query: LinkQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { name, text } = await this.files.metalink(actor, link, query);
    handOut(reply, 'application/metalink4+xml; charset=utf-8', `${name}.meta4`);
    return text;
  }
}

function handOut(reply: FastifyReply, type: string, fileName: string): void {
  reply
    .header('content-type', type)
    .header('cache-control', 'private, no-store')
    .header('content-disposition', `attachment; filename="${fileName}"`);
}
