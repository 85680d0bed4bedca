import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Req } from '@nestjs/common';
import { Id, Name, OpenUpload } from '@paddock/contracts';
import type { FastifyRequest } from 'fastify';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { uploadedBody, uploadOffset } from '../../http/uploaded-body.js';
import { UploadsService } from './uploads.service.js';

@Controller('api/v1/models/:model/releases/:release/uploads')
export class UploadsController {
  constructor(private readonly uploads: UploadsService) {}

  @Post()
  @HttpCode(200)
  @Allow('publish')
  open(
    @Person() actor: PersonActor,
    @Param('model', { schema: Name }) model: string,
    @Param('release', { schema: Name }) release: string,
    @Body({ schema: OpenUpload }) body: OpenUpload,
  ) {
    return this.uploads.open(actor, { model, release }, body);
  }

  @Get()
  @Allow('publish')
  list(@Person() actor: PersonActor, @Param('model', { schema: Name }) model: string, @Param('release', { schema: Name }) release: string) {
    return this.uploads.list(actor, { model, release });
  }

  @Get(':id')
  @Allow('publish')
  find(
    @Person() actor: PersonActor,
    @Param('model', { schema: Name }) model: string,
    @Param('release', { schema: Name }) release: string,
    @Param('id', { schema: Id }) id: string,
  ) {
    return this.uploads.find(actor, { model, release }, id);
  }

  @Patch(':id')
  @HttpCode(200)
  @Allow('publish')
  receive(
    @Person() actor: PersonActor,
    @Param('model', { schema: Name }) model: string,
    @Param('release', { schema: Name }) release: string,
    @Param('id', { schema: Id }) id: string,
    @Headers('upload-offset') offset: string | undefined,
    @Req() request: FastifyRequest,
  ) {
    return this.uploads.receive(actor, { model, release }, id, uploadOffset(offset), uploadedBody(request));
  }
}
