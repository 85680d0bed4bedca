import { Controller, Get, Headers, Param, Req, Res } from '@nestjs/common';
import { Name, PAGES, PROBLEM_STATUS } from '@paddock/contracts';
import { Refusal, REFUSALS } from '@paddock/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CatalogReading } from '../catalog/catalog-reading.service.js';
import { LONGEST_PART } from '../http/unroutable.js';
import { Allow, Caller, type Actor } from '../http/actor.js';
import { LicenseReading } from '../licenses/license-reading.service.js';
import { wantsHtml } from './negotiation.js';
import { sendAsset, WebApp } from './web-app.js';

const { policy: _policy, policySnapshot: _snapshot, ...SHELLS } = PAGES;

/** The shell of every page: what it shows it asks of the API, which knows who may read it. */
@Controller()
export class PagesController {
  constructor(
    private readonly catalog: CatalogReading,
    private readonly licenses: LicenseReading,
    private readonly webApp: WebApp,
  ) {}

  @Get('assets/:name')
  @Allow('anyone')
  asset(
    @Param('name', { schema: Name }) name: string,
    @Headers('accept-encoding') accepted: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return sendAsset(reply, name, accepted);
  }

  @Get(Object.values(SHELLS))
  @Allow('anyone')
  async page(@Caller() actor: Actor, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const refused = await this.refusalOf(actor, request.params as Record<string, string>);
    if (refused) reply.code(PROBLEM_STATUS[refused]);
    return this.webApp.sendShell(reply, actor);
  }

  /** Whoever mistyped an address in a browser gets a page that says so; everything else a problem document. */
  @Get('*')
  @Allow('anyone')
  stray(
    @Caller() actor: Actor,
    @Req() { url }: FastifyRequest,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    // No route takes such a part, so that it comes here, whatever was meant.
    if (url.split(/[/?]/).some((part) => part.length > LONGEST_PART)) throw new Refusal('malformed-request', 'The address is too long.');
    if (!wantsHtml(accept) || /^\/(api|v2|d|assets|ledger|webseed|announce)\//.test(url))
      throw new Refusal('not-found', 'There is no such address.');
    reply.code(404);
    return this.webApp.sendShell(reply, actor);
  }

  /** A page of what is not there is no success, though its shell is the same and says why. */
  private async refusalOf(actor: Actor, { model, release, license, code }: Record<string, string>) {
    try {
      if (code && !(code in REFUSALS)) return 'not-found';
      if (model) await this.catalog.refuseUnknown(actor, model, release);
      if (license) await this.licenses.find(actor, license);
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
    return undefined;
  }
}
