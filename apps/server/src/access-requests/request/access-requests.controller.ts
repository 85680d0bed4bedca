import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { CreateAccessRequest, EditAccessRequest, Id, ListAccessRequests, RequestCommandBody } from '@paddock/contracts';
import { Refusal, type RequestCommandName } from '@paddock/domain';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { ReviewQueue } from '../review/review-queue.service.js';
import { AccessRequestsService } from './access-requests.service.js';
import { RequestDrafts } from './request-drafts.service.js';
import { RequestReading } from './request-reading.service.js';

const COMMANDS = new Set<string>(['submit', 'withdraw', 'review', 'return', 'approve', 'reject', 'appeal']);

@Controller('api/v1/access-requests')
export class AccessRequestsController {
  constructor(
    private readonly drafts: RequestDrafts,
    private readonly requests: AccessRequestsService,
    private readonly reading: RequestReading,
    private readonly queue: ReviewQueue,
  ) {}

  @Post()
  @Allow('request')
  async create(@Person() actor: PersonActor, @Body({ schema: CreateAccessRequest }) body: CreateAccessRequest) {
    return this.reading.find(actor, await this.drafts.create(actor, body));
  }

  @Get()
  @Allow('read')
  list(@Person() actor: PersonActor, @Query({ schema: ListAccessRequests }) query: ListAccessRequests) {
    return query.scope === 'review' ? this.queue.list(actor, query) : this.reading.list(actor, query);
  }

  @Get(':id')
  @Allow('read')
  find(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.reading.find(actor, id);
  }

  @Patch(':id')
  @Allow('request')
  async edit(
    @Person() actor: PersonActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: EditAccessRequest }) body: EditAccessRequest,
  ) {
    await this.drafts.edit(actor, id, body);
    return this.reading.find(actor, id);
  }

  /** submit, withdraw, review, return, approve, reject, appeal: the table of the domain says who may, and when. */
  @Post(':id/:command')
  @HttpCode(200)
  @Allow('request')
  async command(
    @Person() actor: PersonActor,
    @Param('id', { schema: Id }) id: string,
    @Param('command') command: string,
    @Body({ schema: RequestCommandBody.optional() }) body?: RequestCommandBody,
  ) {
    if (!COMMANDS.has(command)) throw new Refusal('not-found', 'There is no such command.');
    await this.requests.command(actor, id, command as RequestCommandName, body ?? {});
    return this.reading.find(actor, id);
  }
}
