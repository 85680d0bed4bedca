import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Runtime } from '../../http/runtime.js';
import { registryAnswer, unsupported } from './registry-refusals.js';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * What would change something is refused before its body is looked at, in the specification's form: containerd, for one,
 * posts for a token first and goes on by GET only where it is told 405.
 */
@Injectable()
export class ReadOnlyDoor implements OnModuleInit {
  constructor(
    private readonly adapter: HttpAdapterHost,
    private readonly runtime: Runtime,
  ) {}

  onModuleInit(): void {
    const fastify: FastifyInstance = this.adapter.httpAdapter.getInstance();
    fastify.addHook('onRequest', async (request, reply) => {
      if (READS.has(request.method) || !request.url.startsWith('/v2/')) return;
      const { status, body } = registryAnswer(unsupported(), this.runtime.publicUrl);
      await reply.code(status).header('allow', 'GET, HEAD').header('content-type', 'application/json').send(Buffer.from(body));
    });
  }
}
