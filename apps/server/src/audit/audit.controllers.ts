import { Controller, Get, Headers, Query, Res, type Type } from '@nestjs/common';
import {
  AUDIT_KIND_NAMES,
  AUDIT_KINDS,
  countsQuery,
  type AuditFilters,
  type AuditKindName,
  type AuditPageFilters,
  type CountedBy,
} from '@paddock/contracts';
import type { FastifyReply } from 'fastify';
import { Allow, Person, type PersonActor } from '../http/actor.js';
import { AuditExports } from './exports/audit-exports.service.js';
import { formatAskedFor } from './exports/export-formats.js';
import { AuditCounts } from './lists/audit-counts.service.js';
import { AuditPages } from './lists/audit-pages.service.js';

/** The routes of every kind are the same; their filters and columns are not. */
function controllerOf(kind: AuditKindName): Type {
  @Controller(`api/v1/audit/${kind}`)
  class KindController {
    constructor(
      private readonly pages: AuditPages,
      private readonly exports: AuditExports,
      private readonly counted: AuditCounts,
    ) {}

    /** A page of JSON, or everything as a file, as `Accept` asks. */
    @Get()
    @Allow('audit')
    async list(
      @Person() actor: PersonActor,
      @Query({ schema: AUDIT_KINDS[kind].filters }) filters: AuditPageFilters,
      @Headers('accept') accept: string | undefined,
      @Res({ passthrough: true }) reply: FastifyReply,
    ) {
      const format = formatAskedFor(accept);
      if (!format) return this.pages.page(actor, kind, filters);
      const { name, stream } = await this.exports.begin(actor, kind, filters, format);
      const charset = format.mediaType.startsWith('text/') || format.extension === 'ndjson' ? '; charset=utf-8' : '';
      reply.header('content-type', `${format.mediaType}${charset}`).header('content-disposition', `attachment; filename="${name}"`);
      // Reset, not closed: the system would go on to send a slow reader the megabytes that it holds for them.
      stream.once('error', () => reply.raw.socket?.resetAndDestroy());
      return stream;
    }

    @Get('counts')
    @Allow('audit')
    counts(@Person() actor: PersonActor, @Query({ schema: countsQuery(kind) }) filters: AuditFilters & { by: CountedBy }) {
      return this.counted.counts(actor, kind, filters);
    }
  }
  return KindController;
}

export const AUDIT_CONTROLLERS = AUDIT_KIND_NAMES.map(controllerOf);
