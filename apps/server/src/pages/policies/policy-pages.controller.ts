import { Controller, Get, Header, Headers, Param, Res } from '@nestjs/common';
import { Name } from '@paddock/contracts';
import { httpDate, linkFormat, type TypedLink } from '@paddock/domain';
import type { FastifyReply } from 'fastify';
import { Allow, Caller, type Actor } from '../../http/actor.js';
import { PolicyArchive } from '../../policies/memento/policy-archive.service.js';
import { wantsHtml } from '../negotiation.js';
import { WebApp } from '../web-app.js';

const Slug = { schema: Name };

/** Policies for people as pages; for whoever does not ask for HTML, the text alone. */
@Controller('policies')
export class PolicyPagesController {
  constructor(
    private readonly archive: PolicyArchive,
    private readonly webApp: WebApp,
  ) {}

  @Get(':slug')
  @Header('vary', 'accept')
  @Allow('anyone')
  async policy(
    @Caller() actor: Actor,
    @Param('slug', Slug) slug: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { policy, text } = await this.archive.inForce(slug);
    reply.header('link', linkFormat(this.archive.ownLinks(slug)));
    return policy.current && !wantsHtml(accept) ? asText(reply, text!) : this.webApp.sendShell(reply, actor);
  }

  @Get(':slug/snapshots/:moment')
  @Header('vary', 'accept')
  @Allow('anyone')
  async memento(
    @Caller() actor: Actor,
    @Param('slug', Slug) slug: string,
    @Param('moment', { schema: Name }) moment: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { snapshot, text, links } = await this.archive.snapshotAt(slug, moment);
    mementoHeaders(reply, snapshot.effectiveFrom, snapshot.state, links);
    return wantsHtml(accept) ? this.webApp.sendShell(reply, actor) : asText(reply, text);
  }
}

function asText(reply: FastifyReply, text: string): string {
  reply.header('content-type', 'text/plain; charset=utf-8');
  return text;
}

/** RFC 7089 section 2.1.2: what was never in force is no state of the policy, so it carries no Memento-Datetime. */
function mementoHeaders(reply: FastifyReply, effectiveFrom: Date | null, state: string, links: TypedLink[]): void {
  reply.header('link', linkFormat(links));
  if (effectiveFrom && state === 'effective') reply.header('memento-datetime', httpDate(effectiveFrom));
}
