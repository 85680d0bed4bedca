import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Allow } from './actor.js';
import { Impairments } from './impairments.js';
import { Runtime } from './runtime.js';

@Controller()
export class HealthController {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly impairments: Impairments,
  ) {}

  @Get('health/live')
  @Header('cache-control', 'no-store')
  @Allow('machine')
  live() {
    return { state: 'live' };
  }

  /**
   * 503 while the database or the store does not answer, so that a load balancer looks elsewhere. What is impaired is as it is in
   * every process, so that looking elsewhere would not help: it is said, and the portal goes on.
   */
  @Get('health/ready')
  @Header('cache-control', 'no-store')
  @Allow('machine')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const [database, store] = await Promise.all([
      stateOf(() => this.database.query('SELECT 1')),
      stateOf(() => this.runtime.store.check()),
    ]);
    const ready = database === 'up' && store === 'up' && !this.runtime.stopping;
    if (!ready) reply.code(503);
    const impaired = database === 'up' ? await this.impairments.all() : undefined;
    return { state: ready ? 'ready' : 'not-ready', database, store, ...(impaired && { impaired }) };
  }

  @Get('metrics')
  @Allow('machine')
  async metrics(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { config, metrics } = this.runtime;
    const { PADDOCK_METRICS_TOKEN: token } = config;
    if ((token || !config.loopback) && !bears(request, token))
      throw new Refusal('unauthenticated', 'Metrics need the bearer token of PADDOCK_METRICS_TOKEN.');
    reply.header('content-type', metrics.registry.contentType);
    return metrics.registry.metrics();
  }
}

async function stateOf(check: () => Promise<unknown>): Promise<'up' | 'down'> {
  const late = new Promise<'down'>((resolve) => setTimeout(() => resolve('down'), 3000).unref());
  return Promise.race([
    check().then(
      () => 'up' as const,
      () => 'down' as const,
    ),
    late,
  ]);
}

function bears(request: FastifyRequest, token: string | undefined): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return token !== undefined && timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`));
}
