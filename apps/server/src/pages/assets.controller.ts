import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { extname } from 'node:path';
import { Allow } from '../http/actor.js';
import { ASSET_TYPES, assetBytes } from './asset-files.js';

@Controller('assets')
export class AssetsController {
  @Get('*')
  @Header('cache-control', 'no-cache')
  @Allow('anyone')
  file(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const path = request.url.split('?')[0]!.slice('/assets/'.length);
    const bytes = assetBytes(path);
    reply.header('content-type', ASSET_TYPES[extname(path)]);
    return bytes;
  }
}
