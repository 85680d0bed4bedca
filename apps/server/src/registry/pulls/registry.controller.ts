import { Controller, Get, Req, Res } from '@nestjs/common';
import { bearerChallenge, registryRequest, type RegistryRequest } from '@paddock/delivery';
import { Refusal } from '@paddock/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { Transfer } from '../../delivery/transfer.js';
import { Allow } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import type { BlobAnswer } from './blob-answers.js';
import { RegistryAnswers } from './registry-answers.js';
import { registryAnswer } from './registry-refusals.js';

/**
 * OCI Distribution 1.1, the side of pulling. Names hold slashes, so that one route takes them all; it names no account
 * and looks at the caller's token by itself. Fastify answers HEAD by the GET route.
 */
@Controller()
export class RegistryController {
  constructor(
    private readonly answers: RegistryAnswers,
    private readonly transfer: Transfer,
    private readonly runtime: Runtime,
  ) {}

  @Get(['v2', 'v2/*'])
  @Allow('machine')
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    reply
      .header('cache-control', 'private, no-store')
      .header('x-content-type-options', 'nosniff')
      .header('docker-distribution-api-version', 'registry/2.0');
    const path = (request.params as Record<string, string | undefined>)['*'] ?? '';
    let asked: RegistryRequest | undefined;
    try {
      asked = registryRequest(path);
      await this.send(request, reply, await this.answers.to(asked, request));
    } catch (error) {
      this.refuse(request, reply, asked, error);
    }
  }

  private async send(request: FastifyRequest, reply: FastifyReply, answer: BlobAnswer): Promise<void> {
    if (answer.kind === 'stored') return this.transfer.send({ requestId: request.id }, answer.answer, answer.sending, reply);
    // An answer of nothing to HEAD would make Fastify say that there is nothing; of an empty stream it says nothing.
    const body = request.method === 'HEAD' ? Readable.from([]) : answer.body;
    await reply.code(answer.status).headers(answer.headers).send(body);
  }

  private refuse(request: FastifyRequest, reply: FastifyReply, asked: RegistryRequest | undefined, error: unknown): void {
    if (reply.raw.headersSent || reply.sent) return void reply.raw.destroy();
    const { status, code, body } = registryAnswer(error, this.runtime.publicUrl);
    if (code === 'UNKNOWN') this.runtime.logger.error({ requestId: request.id, error }, 'a registry request failed');
    if (code === 'UNAUTHORIZED') reply.header('www-authenticate', this.challenge(asked));
    if (code === 'UNAVAILABLE') reply.header('retry-after', '2');
    if (code === 'UNSUPPORTED') reply.header('allow', 'GET, HEAD');
    if (error instanceof Refusal && error.code === 'bad-range') reply.header('content-range', `bytes */${String(error.facts['size'])}`);
    reply.code(status).header('content-type', 'application/json');
    // As bytes: to text Fastify would add a charset.
    reply.send(Buffer.from(body));
  }

  private challenge(asked: RegistryRequest | undefined): string {
    const repository = asked && 'repository' in asked ? asked.repository : undefined;
    const scope = repository && `repository:${repository.publisher}/${repository.name}:pull`;
    return bearerChallenge(this.runtime.publicUrl, scope);
  }
}
