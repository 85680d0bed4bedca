import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Put, Query, Req } from '@nestjs/common';
import { Id, Name, OpenBlob, Paging, PutManifest, PutRuntime } from '@paddock/contracts';
import type { FastifyRequest } from 'fastify';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { uploadedBody, uploadOffset } from '../../http/uploaded-body.js';
import { BlobUploads } from './blob-uploads.service.js';
import { ManifestPutting } from './manifest-putting.js';
import { RuntimeReading } from './runtime-reading.js';
import { RuntimesService } from './runtimes.service.js';

@Controller('api/v1/runtimes')
export class RuntimesController {
  constructor(
    private readonly runtimes: RuntimesService,
    private readonly reading: RuntimeReading,
    private readonly uploads: BlobUploads,
    private readonly manifests: ManifestPutting,
  ) {}

  @Get()
  @Allow('anyone')
  list(@Query({ schema: Paging }) query: Paging) {
    return this.reading.list(query);
  }

  @Get(':publisher/:name')
  @Allow('anyone')
  find(@Param('publisher', { schema: Name }) publisher: string, @Param('name', { schema: Name }) name: string) {
    return this.reading.find(publisher, name);
  }

  @Put(':publisher/:name')
  @Allow('publish')
  async put(
    @Person() actor: PersonActor,
    @Param('publisher', { schema: Name }) publisher: string,
    @Param('name', { schema: Name }) name: string,
    @Body({ schema: PutRuntime }) body: PutRuntime,
  ) {
    await this.runtimes.put(actor, { publisher, name }, body);
    return this.reading.find(publisher, name);
  }

  @Post(':publisher/:name/blobs')
  @HttpCode(200)
  @Allow('publish')
  openBlob(
    @Person() actor: PersonActor,
    @Param('publisher', { schema: Name }) publisher: string,
    @Param('name', { schema: Name }) name: string,
    @Body({ schema: OpenBlob }) body: OpenBlob,
  ) {
    return this.uploads.open(actor, { publisher, name }, body);
  }

  @Get(':publisher/:name/blobs/:id')
  @Allow('publish')
  findBlob(
    @Person() actor: PersonActor,
    @Param('publisher', { schema: Name }) publisher: string,
    @Param('name', { schema: Name }) name: string,
    @Param('id', { schema: Id }) id: string,
  ) {
    return this.uploads.find(actor, { publisher, name }, id);
  }

  @Patch(':publisher/:name/blobs/:id')
  @HttpCode(200)
  @Allow('publish')
  receiveBlob(
    @Person() actor: PersonActor,
    @Param('publisher', { schema: Name }) publisher: string,
    @Param('name', { schema: Name }) name: string,
    @Param('id', { schema: Id }) id: string,
    @Headers('upload-offset') offset: string | undefined,
    @Req() request: FastifyRequest,
  ) {
    return this.uploads.receive(actor, { publisher, name }, id, uploadOffset(offset), uploadedBody(request));
  }

  @Put(':publisher/:name/manifests/:digest')
  @Allow('publish')
  putManifest(
    @Person() actor: PersonActor,
    @Param('publisher', { schema: Name }) publisher: string,
    @Param('name', { schema: Name }) name: string,
    @Param('digest', { schema: Name }) digest: string,
    @Query({ schema: PutManifest }) query: PutManifest,
    @Req() request: FastifyRequest,
  ) {
    return this.manifests.put(actor, { publisher, name }, digest, query, uploadedBody(request));
  }

  @Delete(':publisher/:name/manifests/:digest')
  @HttpCode(204)
  @Allow('publish')
  deleteManifest(
    @Person() actor: PersonActor,
    @Param('publisher', { schema: Name }) publisher: string,
    @Param('name', { schema: Name }) name: string,
    @Param('digest', { schema: Name }) digest: string,
  ) {
    return this.runtimes.deleteManifest(actor, { publisher, name }, digest);
  }

  @Delete(':publisher/:name/tags/:tag')
  @HttpCode(204)
  @Allow('publish')
  deleteTag(
    @Person() actor: PersonActor,
    @Param('publisher', { schema: Name }) publisher: string,
    @Param('name', { schema: Name }) name: string,
    @Param('tag', { schema: Name }) tag: string,
  ) {
    return this.runtimes.deleteTag(actor, { publisher, name }, tag);
  }
}
