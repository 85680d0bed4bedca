import { context, propagation, ROOT_CONTEXT, SpanKind as Kind, SpanStatusCode, trace, type Span, type Tracer } from '@opentelemetry/api';
import { spanRequests } from './request-spans.js';
import { tracedStore } from './traced-store.js';
import type { Attributes, OpenSpan, SpanKind, Tracing } from './tracing.js';

const KINDS: Readonly<Record<SpanKind, Kind>> = { internal: Kind.INTERNAL, client: Kind.CLIENT, producer: Kind.PRODUCER };

/** The spans of this portal, by a tracer that is configured. */
export function spansBy(tracer: Tracer): Omit<Tracing, 'stop'> {
  const traced: Tracing['traced'] = (name, kind, attributes, work) =>
    tracer.startActiveSpan(name, { kind: KINDS[kind], attributes }, async (span) => {
      try {
        return await work(opened(span));
      } catch (error) {
        failed(span, error);
        throw error;
      } finally {
        span.end();
      }
    });
  return {
    traced,
    ids: () => {
      const ids = trace.getActiveSpan()?.spanContext();
      return ids && { traceId: ids.traceId, spanId: ids.spanId };
    },
    done: (name, began, attributes: Attributes, error) => {
      const span = tracer.startSpan(name, { startTime: began, attributes }, ROOT_CONTEXT);
      if (error !== undefined) failed(span, error);
      span.end();
    },
    headers: () => {
      const carrier: Record<string, string> = {};
      propagation.inject(context.active(), carrier);
      return carrier;
    },
    requests: (fastify) => spanRequests(fastify, tracer),
    store: (store) => tracedStore(store, traced),
  };
}

function opened(span: Span): OpenSpan {
  return {
    set: (attributes) => void span.setAttributes(attributes),
    fail: (message) => void span.setStatus({ code: SpanStatusCode.ERROR, message }),
  };
}

/** What an error is, and not what it says: a message may quote what somebody sent. */
function failed(span: Span, error: unknown): void {
  const { name, code } = (error ?? {}) as { name?: string; code?: unknown };
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', typeof code === 'string' ? code : (name ?? 'unknown'));
}
