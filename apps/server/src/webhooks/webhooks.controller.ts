import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CreateWebhook, Id, ListDeliveries, Paging, ReplayWebhook } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../http/actor.js';
import { WebhookDeliveries } from './webhook-deliveries.service.js';
import { WebhooksService } from './webhooks.service.js';

@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly deliveries: WebhookDeliveries,
  ) {}

  @Post()
  @Allow('person')
  create(@Person() actor: PersonActor, @Body({ schema: CreateWebhook }) body: CreateWebhook) {
    return this.webhooks.create(actor, body);
  }

  @Get()
  @Allow('person')
  list(@Person() actor: PersonActor, @Query({ schema: Paging }) query: Paging) {
    return this.webhooks.list(actor, query);
  }

  @Get(':id')
  @Allow('person')
  find(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.webhooks.find(actor, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow('person')
  end(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.webhooks.end(actor, id);
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Allow('person')
  pause(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.webhooks.command(actor, id, 'pause');
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Allow('person')
  resume(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.webhooks.command(actor, id, 'resume');
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @Allow('person')
  rotate(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.webhooks.rotate(actor, id);
  }

  @Post(':id/replay')
  @HttpCode(200)
  @Allow('person')
  replayFailed(
    @Person() actor: PersonActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ReplayWebhook }) { since }: ReplayWebhook,
  ) {
    return this.deliveries.replayFailed(actor, id, since);
  }

  @Get(':id/deliveries')
  @Allow('person')
  deliveriesOf(
    @Person() actor: PersonActor,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: ListDeliveries }) query: ListDeliveries,
  ) {
    return this.deliveries.list(actor, id, query);
  }

  @Post(':id/deliveries/:delivery/replay')
  @HttpCode(200)
  @Allow('person')
  replay(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string, @Param('delivery', { schema: Id }) delivery: string) {
    return this.deliveries.command(actor, id, delivery, 'replay');
  }

  @Post(':id/deliveries/:delivery/skip')
  @HttpCode(200)
  @Allow('person')
  skip(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string, @Param('delivery', { schema: Id }) delivery: string) {
    return this.deliveries.command(actor, id, delivery, 'skip');
  }
}
