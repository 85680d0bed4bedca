import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ListAudit, ListEvents } from '@paddock/contracts';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { Allow, Person, type PersonActor } from '../http/actor.js';
import { AuditService } from './audit.service.js';

const FORMATS = { 'text/csv': 'csv', 'application/x-ndjson': 'ndjson' } as const;

@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  /** A page of JSON, or everything as CSV or NDJSON, as `Accept` asks. */
  @Get('acceptances')
  @Allow('audit')
  async acceptances(
    @Person() actor: PersonActor,
    @Query({ schema: ListAudit }) query: ListAudit,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const type = (Object.keys(FORMATS) as (keyof typeof FORMATS)[]).find((candidate) => accept?.includes(candidate));
    if (!type) return this.audit.acceptances(actor, query);
    const lines = this.audit.export(actor, query, FORMATS[type]);
    // The first lines are awaited, so that a refusal is still an answer of its own.
    const first = await lines.next();
    reply
      .header('content-type', `${type}; charset=utf-8`)
      .header('content-disposition', `attachment; filename="acceptances.${FORMATS[type]}"`);
    return Readable.from(resumed(first, lines));
  }

  @Get('events')
  @Allow('audit')
  events(@Person() actor: PersonActor, @Query({ schema: ListEvents }) query: ListEvents) {
    return this.audit.eventList(actor, query);
  }
}

async function* resumed(first: IteratorResult<string, unknown>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    if (first.done) return;
    yield first.value;
    yield* rest;
  } finally {
    // A client that leaves early must not keep the database's cursor open.
    await rest.return(undefined);
  }
}
