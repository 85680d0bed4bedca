import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow } from '../http/actor.js';
import { TrackerDoor } from './tracker-door.js';

/** The same door for requests that come by another server of Fastify's, as it makes one for each address of `localhost`. */
@Controller()
export class TrackerController {
  constructor(private readonly door: TrackerDoor) {}

  @Get(['announce/:passkey', 'scrape/:passkey'])
  @Allow('machine')
  announce(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    reply.hijack();
    if (!this.door.answers(request.raw, reply.raw)) reply.raw.writeHead(404).end();
  }
}
