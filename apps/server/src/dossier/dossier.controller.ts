import { Controller, Get, Param, Res } from '@nestjs/common';
import { Id } from '@paddock/contracts';
import type { FastifyReply } from 'fastify';
import { Allow, Person, type PersonActor } from '../http/actor.js';
import { DossierReading } from './dossier-reading.service.js';
import { DossierService } from './dossier.service.js';

@Controller('api/v1/licensees/:id')
export class DossierController {
  constructor(
    private readonly dossiers: DossierService,
    private readonly reading: DossierReading,
  ) {}

  @Get()
  @Allow('read')
  find(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.reading.find(actor, id);
  }

  @Get('dossier.zip')
  @Allow('read')
  async file(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const zip = await this.dossiers.of(actor, id);
    reply.header('content-disposition', `attachment; filename="dossier-${id}.zip"`).type('application/zip');
    return zip;
  }
}
