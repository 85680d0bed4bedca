import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { Allow } from '../http/actor.js';

const TYPES: Readonly<Record<string, string>> = { '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8' };
const FOLDER = new URL('./assets/', import.meta.url);
/** Rules that pages share with the server, as the server runs them: what is asked, and who may do what in which state. */
const DOMAIN = ['form/answers.js', 'form/country.js', 'form/field.js', 'form/orcid.js', 'access-request/states.js'];
const domain = import.meta.resolve('@paddock/domain');

/** Every file that may be read, by its path below /assets/. */
const FILES: ReadonlyMap<string, URL> = new Map([
  ...readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => extname(path) in TYPES)
    .map((path) => [path, new URL(path, FOLDER)] as const),
  ...DOMAIN.map((path) => [`domain/${path}`, new URL(path, domain)] as const),
]);

@Controller('assets')
export class AssetsController {
  @Get('*')
  @Header('cache-control', 'no-cache')
  @Allow('anyone')
  file(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const path = request.url.split('?')[0]!.slice('/assets/'.length);
    const file = FILES.get(path);
    if (!file) throw new Refusal('not-found', 'There is no such file.');
    reply.header('content-type', TYPES[extname(path)]);
    return readFileSync(file);
  }
}
