import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CreateModel, CreatePublisher, CreateRelease, Name, Paging, ReleaseCommand } from '@paddock/contracts';
import { Allow, Caller, Person, type Actor, type PersonActor } from '../http/actor.js';
import { CatalogReading } from './catalog-reading.service.js';
import { PublishingService } from './publishing.service.js';

@Controller('api/v1')
export class CatalogController {
  constructor(
    private readonly reading: CatalogReading,
    private readonly publishing: PublishingService,
  ) {}

  @Get('models')
  @Allow('anyone')
  models(@Query({ schema: Paging }) query: Paging) {
    return this.reading.models(query);
  }

  @Get('models/:model')
  @Allow('anyone')
  model(@Caller() actor: Actor, @Param('model', { schema: Name }) model: string) {
    return this.reading.find(actor, model);
  }

  @Get('models/:model/releases/:release')
  @Allow('anyone')
  release(@Caller() actor: Actor, @Param('model', { schema: Name }) model: string, @Param('release', { schema: Name }) release: string) {
    return this.reading.release(actor, model, release);
  }

  @Get('publishers')
  @Allow('anyone')
  publishers(@Query({ schema: Paging }) query: Paging) {
    return this.reading.publishers(query);
  }

  @Post('publishers')
  @Allow('person')
  createPublisher(@Person() actor: PersonActor, @Body({ schema: CreatePublisher }) body: CreatePublisher) {
    return this.publishing.createPublisher(actor, body);
  }

  @Post('models')
  @Allow('publish')
  async createModel(@Person() actor: PersonActor, @Body({ schema: CreateModel }) body: CreateModel) {
    await this.publishing.createModel(actor, body);
    return this.reading.find(actor, body.slug);
  }

  @Post('models/:model/releases')
  @Allow('publish')
  async createRelease(
    @Person() actor: PersonActor,
    @Param('model', { schema: Name }) model: string,
    @Body({ schema: CreateRelease }) body: CreateRelease,
  ) {
    await this.publishing.createRelease(actor, model, body);
    return this.reading.release(actor, model, body.name);
  }

  @Post('models/:model/releases/:release/publish')
  @HttpCode(200)
  @Allow('publish')
  async publish(
    @Person() actor: PersonActor,
    @Param('model', { schema: Name }) model: string,
    @Param('release', { schema: Name }) release: string,
    @Body({ schema: ReleaseCommand.optional() }) body?: ReleaseCommand,
  ) {
    await this.publishing.command(actor, model, release, 'publish', body ?? {});
    return this.reading.release(actor, model, release);
  }

  @Post('models/:model/releases/:release/withdraw')
  @HttpCode(200)
  @Allow('publish')
  async withdraw(
    @Person() actor: PersonActor,
    @Param('model', { schema: Name }) model: string,
    @Param('release', { schema: Name }) release: string,
    @Body({ schema: ReleaseCommand }) body: ReleaseCommand,
  ) {
    await this.publishing.command(actor, model, release, 'withdraw', body);
    return this.reading.release(actor, model, release);
  }

  @Post('models/:model/releases/:release/reinstate')
  @HttpCode(200)
  @Allow('publish')
  async reinstate(
    @Person() actor: PersonActor,
    @Param('model', { schema: Name }) model: string,
    @Param('release', { schema: Name }) release: string,
    @Body({ schema: ReleaseCommand }) body: ReleaseCommand,
  ) {
    await this.publishing.command(actor, model, release, 'reinstate', body);
    return this.reading.release(actor, model, release);
  }
}
