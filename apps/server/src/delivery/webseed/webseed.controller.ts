import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { Allow, Caller, type Actor } from '../../http/actor.js';
import { fileRequestOf } from '../file-request.js';
import { Transfer } from '../transfer.js';
import { WebseedService } from './webseed.service.js';

/** BEP 19: the files of the torrent by HTTP, for whoever holds its passkey. Fastify answers HEAD by the GET route. */
@Controller('webseed/:passkey')
export class WebseedController {
  constructor(
    private readonly webseed: WebseedService,
    private readonly transfer: Transfer,
  ) {}

  @Get('*')
  @Allow('anyone')
  async file(
    @Caller() actor: Actor,
    @Param('passkey') passkey: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const path = (request.params as Record<string, string>)['*'] ?? '';
    reply.header('cache-control', 'private, no-store').header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
    try {
      const seed = await this.webseed.prepare({ passkey, path, ...fileRequestOf(request) });
      if (seed.kind === 'stored') await this.transfer.send(actor, seed.answer, seed.sending, reply);
      else
        reply
          .code(seed.status)
          .headers(seed.headers)
          .send(request.method === 'HEAD' ? Readable.from([]) : seed.body);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'bad-range') reply.header('content-range', `bytes */${String(error.facts.size)}`);
      throw error;
    }
  }
}
