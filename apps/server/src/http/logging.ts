import { type LoggerService } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AsyncResource } from 'node:async_hooks';
import { pino, type Logger } from 'pino';
import type { ActorRequest } from './actor.js';
import type { Metrics } from './metrics.js';

/** JSON lines. `ids` names the trace that a line belongs to, where there is one. */
export function makeLogger(level: string, ids: () => object | undefined): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { error: describeError, err: describeError },
    mixin: () => ids() ?? {},
  });
}

/** What a fault says of itself, and nothing that it carries: a failed statement would bring its parameters, which hold secrets. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack, cause, code } = error as Error & { code?: unknown };
  return {
    type: error.constructor.name,
    message,
    stack,
    ...(typeof code === 'string' && { code }),
    ...(cause !== undefined && { cause: describeError(cause) }),
  };
}

/** Nest's own lines through the same log. */
export function nestLogger(logger: Logger): LoggerService {
  const line =
    (level: 'info' | 'warn' | 'error' | 'debug') =>
    (message: unknown, ...rest: unknown[]) => {
      const context = rest.findLast((item) => typeof item === 'string');
      if (typeof message === 'object' && message !== null) logger[level]({ context, ...message });
      else logger[level]({ context }, String(message));
    };
  // Nest's start-up chatter says nothing that an operator needs.
  return { log: line('debug'), error: line('error'), warn: line('warn'), debug: line('debug'), verbose: line('debug') };
}

/**
 * One line a request, also of one that is broken off: the route's template, never its address, for addresses carry
 * credentials. Fastify's onResponse tells of whole answers alone.
 */
export function logRequests(fastify: FastifyInstance, logger: Logger, metrics: Metrics): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    metrics.inFlight.inc();
    reply.raw.once(
      'close',
      AsyncResource.bind(() => {
        metrics.inFlight.dec();
        log(request, reply);
      }),
    );
    done();
  });

  function log(request: FastifyRequest, reply: FastifyReply): void {
    const route = request.routeOptions.url ?? '(none)';
    const status = reply.raw.statusCode;
    metrics.requests.observe({ method: request.method, route, status: String(status) }, reply.elapsedTime / 1000);
    logger.info({
      requestId: request.id,
      method: request.method,
      route,
      status,
      milliseconds: Math.round(reply.elapsedTime * 10) / 10,
      ...(!reply.raw.writableFinished && { brokenOff: true }),
      ...whoOf(request),
      ...idsOf(request),
    });
  }
}

/** By ids alone, which an erasure leaves pointing at nobody. */
function whoOf({ actor }: ActorRequest): object {
  const { account, seat, token } = actor ?? {};
  return { ...(account && { account }), ...(seat && { seat }), ...(token && { token }) };
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Of the parts of its address those that are ids (of a grant, a request, a link): whatever else stands there may be a secret. */
function idsOf({ params }: FastifyRequest): object {
  const ids = Object.entries((params ?? {}) as Record<string, string>).filter(([, value]) => UUID.test(value));
  return ids.length > 0 ? { ids: Object.fromEntries(ids) } : {};
}
