import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { PersonalExport } from './personal-export.service.js';

@Controller('api/v1/me')
export class ExportController {
  constructor(private readonly personal: PersonalExport) {}

  @Get('export')
  @Allow('person')
  file(@Person() actor: PersonActor, @Res({ passthrough: true }) reply: FastifyReply) {
    reply.header('content-disposition', 'attachment; filename="my-data.json"').type('application/json');
    return Readable.from(this.personal.write(actor));
  }
}
