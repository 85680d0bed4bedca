import { Controller, Get, Header, Headers, Param, Query, Res } from '@nestjs/common';
import { CompareSnapshots, InForceAsked, Name, Paging } from '@paddock/contracts';
import { httpDate, linkFormat, type TypedLink } from '@paddock/domain';
import type { FastifyReply } from 'fastify';
import { AcceptedTexts } from '../../grants/reacceptance/accepted-texts.service.js';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { PolicyArchive } from '../../policies/memento/policy-archive.service.js';
import { page } from '../html.js';
import { acceptedSince, archivePage, comparePage, mementoPage, policiesPage, policyPage } from './policy-pages.js';

const HTML = 'text/html; charset=utf-8';
const Slug = { schema: Name };

/** Policies for people as pages; for whoever does not ask for HTML, the text alone. */
@Controller('policies')
export class PolicyPagesController {
  constructor(
    private readonly archive: PolicyArchive,
    private readonly accepted: AcceptedTexts,
  ) {}

  @Get()
  @Header('content-type', HTML)
  @Allow('anyone')
  async list() {
    return page('Policies', policiesPage(await this.archive.policies()));
  }

  @Get(':slug')
  @Header('vary', 'accept')
  @Allow('anyone')
  async policy(
    @Param('slug', Slug) slug: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { policy, text } = await this.archive.inForce(slug);
    reply.header('link', linkFormat(this.archive.ownLinks(slug)));
    if (policy.current && !wantsHtml(accept)) return asText(reply, text!);
    reply.header('content-type', HTML);
    return page(policy.title, policyPage(policy, text));
  }

  @Get(':slug/snapshots/:moment')
  @Header('vary', 'accept')
  @Allow('anyone')
  async memento(
    @Param('slug', Slug) slug: string,
    @Param('moment', { schema: Name }) moment: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { title, snapshot, text, links } = await this.archive.snapshotAt(slug, moment);
    mementoHeaders(reply, snapshot.effectiveFrom, snapshot.state, links);
    if (!wantsHtml(accept)) return asText(reply, text);
    reply.header('content-type', HTML);
    return page(`${title}, ${snapshot.capturedAt.toISOString().slice(0, 10)}`, mementoPage(slug, snapshot, text));
  }

  @Get(':slug/archive')
  @Header('content-type', HTML)
  @Allow('anyone')
  async timeline(@Param('slug', Slug) slug: string, @Query({ schema: Paging }) query: Paging) {
    const { policy, snapshots, nextCursor } = await this.archive.timeline(slug, query);
    return page(`${policy.title}: every dated snapshot`, archivePage(policy, snapshots, nextCursor));
  }

  @Get(':slug/in-force')
  @Header('content-type', HTML)
  @Allow('anyone')
  async inForce(@Param('slug', Slug) slug: string, @Query({ schema: InForceAsked }) { on }: InForceAsked) {
    const { policy, text } = await this.archive.inForce(slug, new Date(`${on}T23:59:59.999Z`));
    return page(`${policy.title} on ${on}`, policyPage(policy, text));
  }

  @Get(':slug/compare')
  @Header('content-type', HTML)
  @Allow('anyone')
  async compare(@Param('slug', Slug) slug: string, @Query({ schema: CompareSnapshots }) { from, to }: CompareSnapshots) {
    const { title, comparison } = await this.archive.compare(slug, from, to);
    return page(`${title}: what changed`, comparePage(slug, comparison));
  }

  @Get(':slug/since-accepted')
  @Header('content-type', HTML)
  @Header('cache-control', 'private, no-store')
  @Allow('person')
  async since(@Person() actor: PersonActor, @Param('slug', Slug) slug: string) {
    const { acceptedAt, model, ...comparison } = await this.accepted.since(actor, slug);
    return page('What changed since you accepted', comparePage(slug, comparison, acceptedSince(acceptedAt, model)));
  }
}

function asText(reply: FastifyReply, text: string): string {
  reply.header('content-type', 'text/plain; charset=utf-8');
  return text;
}

/** As browsers ask; programs that take anything get the text. */
function wantsHtml(accept = ''): boolean {
  return /\btext\/html\b/i.test(accept);
}

/** RFC 7089 section 2.1.2: what was never in force is no state of the policy, so it carries no Memento-Datetime. */
function mementoHeaders(reply: FastifyReply, effectiveFrom: Date | null, state: string, links: TypedLink[]): void {
  reply.header('link', linkFormat(links));
  if (effectiveFrom && state === 'effective') reply.header('memento-datetime', httpDate(effectiveFrom));
}
