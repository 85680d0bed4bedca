import { Body, Controller, Header, Headers, Param, Post, Res } from '@nestjs/common';
import { CreateLinks, CreatePublicLinks, Id, Name } from '@paddock/contracts';
import { manifestLines } from '@paddock/delivery';
import type { FastifyReply } from 'fastify';
import { Allow, Caller, Holder, type Actor, type HolderActor } from '../../http/actor.js';
import { LinksService } from './links.service.js';

const LINES = 'text/tab-separated-values';

@Controller('api/v1')
export class LinksController {
  constructor(private readonly links: LinksService) {}

  /** JSON, or one line a file for shells that ask for text/tab-separated-values. */
  @Post('grants/:id/links')
  @Header('referrer-policy', 'no-referrer')
  @Allow('download')
  async forGrant(
    @Holder() actor: HolderActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: CreateLinks }) body: CreateLinks,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return asAccepted(await this.links.forGrant(actor, id, body), accept, reply);
  }

  @Post('models/:model/releases/:release/links')
  @Header('referrer-policy', 'no-referrer')
  @Allow('anyone')
  async forEveryone(
    @Caller() actor: Actor,
    @Param('model', { schema: Name }) model: string,
    @Param('release', { schema: Name }) release: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: CreatePublicLinks.optional() }) body?: CreatePublicLinks,
  ) {
    return asAccepted(await this.links.forEveryone(actor, model, release, body ?? { channel: 'link' }), accept, reply);
  }
}

function asAccepted(manifest: Awaited<ReturnType<LinksService['forGrant']>>, accept: string | undefined, reply: FastifyReply) {
  if (!accept?.includes(LINES)) return manifest;
  reply.header('content-type', `${LINES}; charset=utf-8`);
  return manifestLines(manifest.artifacts);
}
