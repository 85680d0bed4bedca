import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor, type OnApplicationShutdown } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import type { ActorRequest } from '../actor.js';
import { Runtime } from '../runtime.js';
import { networkOf } from './network.js';
import { MemoryRateCounts, type RateCounts } from './rate-counts.js';
import { RedisRateCounts } from './redis-rate-counts.js';

const MINUTE_MS = 60_000;
const PROBE = /^\/(?:health\/(?:live|ready)|metrics)(?:\?|$)/;

type Policy = 'address' | 'person';

/**
 * How many requests an address and a person may make in a minute, told in every answer (draft-ietf-httpapi-ratelimit-headers)
 * and refused beyond. Probes are not counted, and announces have an interval of their own.
 */
@Injectable()
export class RequestRates implements NestInterceptor, OnApplicationShutdown {
  private readonly counts: RateCounts;

  constructor(private readonly runtime: Runtime) {
    const { PADDOCK_REDIS_URL: url } = runtime.config;
    this.counts = url
      ? new RedisRateCounts(url, (error) => runtime.logger.warn({ error }, 'the store of request rates does not answer'))
      : new MemoryRateCounts();
  }

  /** Before anything else of a request is looked at. */
  async takeOfAddress(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (!PROBE.test(request.url)) await this.take('address', networkOf(request.ip), reply);
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const { actor } = http.getRequest<ActorRequest>();
    const person = actor?.account ?? actor?.seat;
    if (person) await this.take('person', person, http.getResponse<FastifyReply>());
    return next.handle();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.counts.close();
  }

  private async take(policy: Policy, subject: string, reply: FastifyReply): Promise<void> {
    const most = this.runtime.config.requestsPerMinute[policy];
    if (most === 0) return;
    const now = Date.now();
    const minute = Math.floor(now / MINUTE_MS);
    const seconds = Math.ceil(((minute + 1) * MINUTE_MS - now) / 1000);
    const count = await this.counts.count(`${policy}:${subject}`, minute);
    tell(reply, 'ratelimit-policy', `"${policy}";q=${most};w=60`);
    tell(reply, 'ratelimit', `"${policy}";r=${Math.max(0, most - count)};t=${seconds}`);
    if (count <= most) return;
    this.runtime.metrics.requestsLimited.inc({ policy });
    throw new Refusal('too-many-requests', `At most ${most} requests a minute are answered for one ${policy}.`, { retryAfter: seconds });
  }
}

/** A list of all policies that count the request. */
function tell(reply: FastifyReply, header: string, item: string): void {
  const before = reply.getHeader(header);
  reply.header(header, before === undefined ? item : `${String(before)}, ${item}`);
}
