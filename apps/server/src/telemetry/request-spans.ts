import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context, type Tracer } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * One span a request, named by its route's template. A traceparent counts where a trusted proxy sent it: anybody's would
 * let them join traces of others and choose what is sampled. Announces are answered in front of Fastify and have none:
 * whole swarms repeat them, and metrics count them.
 */
export function spanRequests(fastify: FastifyInstance, tracer: Tracer): void {
  const contexts = new WeakMap<FastifyRequest, Context>();
  const within = (request: FastifyRequest, go: () => void) => context.with(contexts.get(request) ?? ROOT_CONTEXT, go);
  fastify.addHook('onRequest', (request, { raw }, done) => {
    const route = request.routeOptions.url ?? '(none)';
    const parent = isProxied(request) ? propagation.extract(ROOT_CONTEXT, request.headers) : ROOT_CONTEXT;
    const attributes = { 'http.request.method': request.method, 'http.route': route, 'paddock.request.id': request.id };
    const span = tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
    contexts.set(request, trace.setSpan(parent, span));
    // Also where the answer is broken off.
    raw.once('close', () => {
      span.setAttribute('http.response.status_code', raw.statusCode);
      if (!raw.writableFinished) span.setAttribute('paddock.broken-off', true);
      if (raw.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    within(request, done);
  });
  // A body comes by events of the connection, which know no request.
  fastify.addHook('preValidation', (request, _reply, done) => within(request, done));
}

/** `ips` names whoever is trusted to name the client, before the client. */
function isProxied({ ips }: FastifyRequest): boolean {
  return (ips?.length ?? 0) > 1;
}
