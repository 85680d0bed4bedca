import { Controller, Get, Param, Res } from '@nestjs/common';
import { Id } from '@paddock/contracts';
import type { FastifyReply } from 'fastify';
import { Allow, Person, type PersonActor } from '../http/actor.js';
import { CertificateService } from './certificate/certificate.service.js';
import { EvidenceService } from './evidence.service.js';

@Controller('api/v1/acceptances/:id')
export class EvidenceController {
  constructor(
    private readonly evidence: EvidenceService,
    private readonly certificates: CertificateService,
  ) {}

  /** As the bytes that were signed: to write the JSON anew would change them. */
  @Get('evidence.json')
  @Allow('read')
  async file(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const file = await this.evidence.of(actor, id);
    reply.header('content-disposition', `attachment; filename="evidence-${id}.json"`).type('application/json');
    return Buffer.from(file);
  }

  @Get('certificate.pdf')
  @Allow('read')
  async certificate(
    @Person() actor: PersonActor,
    @Param('id', { schema: Id }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const pdf = await this.certificates.of(actor, id);
    reply.header('content-disposition', `inline; filename="certificate-${id}.pdf"`).type('application/pdf');
    return pdf;
  }
}
