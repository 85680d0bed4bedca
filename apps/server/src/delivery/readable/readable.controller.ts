import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import { Name, ReadableAsked } from '@paddock/contracts';
import type { FastifyReply } from 'fastify';
import { Allow, Caller, type Actor } from '../../http/actor.js';
import { ReadableTexts } from './readable-texts.service.js';

@Controller('api/v1/models/:model/releases/:release/readable')
export class ReadableController {
  constructor(private readonly texts: ReadableTexts) {}

  /** Always as plain text: what a publisher wrote is never run as a page of the portal. */
  @Get()
  @Header('content-type', 'text/plain; charset=utf-8')
  @Allow('anyone')
  async read(
    @Caller() actor: Actor,
    @Param('model', { schema: Name }) model: string,
    @Param('release', { schema: Name }) release: string,
    @Query({ schema: ReadableAsked }) { path }: ReadableAsked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { sha256, bytes } = await this.texts.read(actor, model, release, path);
    reply.header('etag', `"${sha256}"`);
    return bytes;
  }
}
