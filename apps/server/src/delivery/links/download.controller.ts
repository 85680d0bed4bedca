import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { aria2Input, downloadScript, type LinkQuery } from '@paddock/delivery';
import { Refusal } from '@paddock/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { Allow, Caller, type Actor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { fileRequestOf } from '../file-request.js';
import { DownloadService, type Download } from './download.service.js';
import { LinkSending } from './link-sending.js';
import { ManifestOfLink } from './manifest-of-link.js';
import { Transfer, type Answer } from '../transfer.js';

const SHELL = 'text/x-shellscript; charset=utf-8';

@Controller('d/:link')
export class DownloadController {
  constructor(
    private readonly downloads: DownloadService,
    private readonly manifests: ManifestOfLink,
    private readonly transfer: Transfer,
    private readonly sendings: LinkSending,
    private readonly runtime: Runtime,
  ) {}

  /** A script and a list for aria2 of all the link's files; no file's path begins with `-`. */
  @Get('-/download.sh')
  @Allow('anyone')
  async script(
    @Caller() actor: Actor,
    @Param('link') link: string,
    @Query() query: LinkQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { gathered, manifest } = await this.manifests.of(actor, link, '-/download.sh', query);
    const { publicUrl } = this.runtime;
    const renewUrl = gathered.licensee
      ? `${publicUrl}/api/v1/grants/${gathered.grant}/links`
      : `${publicUrl}/api/v1/models/${manifest.model}/releases/${manifest.release}/links`;
    privately(reply, SHELL, `download-${manifest.model}-${manifest.release}.sh`);
    return downloadScript({ ...manifest, renewUrl, remedyUrl: `${publicUrl}/grants` });
  }

  @Get('-/aria2.txt')
  @Allow('anyone')
  async aria2(
    @Caller() actor: Actor,
    @Param('link') link: string,
    @Query() query: LinkQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { manifest } = await this.manifests.of(actor, link, '-/aria2.txt', query);
    privately(reply, 'text/plain; charset=utf-8', `aria2-${manifest.model}-${manifest.release}.txt`);
    return aria2Input(manifest.artifacts);
  }

  /** GET and HEAD: Fastify answers HEAD by the GET route. */
  @Get('*')
  @Allow('anyone')
  async file(
    @Caller() actor: Actor,
    @Param('link') link: string,
    @Req() request: FastifyRequest,
    @Query() query: LinkQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const path = (request.params as Record<string, string>)['*'] ?? '';
    try {
      const download = await this.downloads.prepare(actor, { link, path, query, ...fileRequestOf(request) });
      reply.header('cache-control', 'private, no-store').header('x-content-type-options', 'nosniff');
      if (download.span) await this.transfer.send(actor, answerOf(download), this.sendings.of(actor, link, download), reply);
      // An answer of nothing to HEAD would make Fastify say that the file is empty; of an empty stream it says nothing.
      else
        reply
          .code(download.status)
          .headers(download.headers)
          .send(request.method === 'HEAD' ? Readable.from([]) : undefined);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'bad-range') reply.header('content-range', `bytes */${String(error.facts.size)}`);
      throw error;
    }
  }
}

function answerOf({ status, headers, span, gathered }: Download): Answer {
  return { status, headers, storageKey: gathered.artifact.storageKey, ...(span && { span }) };
}

function privately(reply: FastifyReply, type: string, fileName: string): void {
  reply
    .header('content-type', type)
    .header('cache-control', 'private, no-store')
    .header('content-disposition', `attachment; filename="${fileName}"`);
}
