import type { ObjectStore } from '@paddock/storage';
import type { FastifyInstance } from 'fastify';

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Whom a piece of work is done for, as traces tell it: this portal's own, or a call to somebody else. */
export type SpanKind = 'internal' | 'client' | 'producer';

/** Work under way, for what is known only at its end. */
export interface OpenSpan {
  set(attributes: Attributes): void;
  /** The work came to an end that is a failure, without an error. */
  fail(reason: string): void;
}

/**
 * Traces, where they are configured; where not, the same calls do nothing and cost nothing. Attributes are route
 * templates, ids and counts: never an address, a secret or a person's words (rule 6 of the design).
 */
export interface Tracing {
  /** Of the trace that runs now, for log lines. */
  ids(): { traceId: string; spanId: string } | undefined;
  /** Runs the work as a span within what runs now. */
  traced<T>(name: string, kind: SpanKind, attributes: Attributes, work: (span: OpenSpan) => Promise<T>): Promise<T>;
  /** A span of work that is over, of which it is known only now that it did something. */
  done(name: string, began: number, attributes: Attributes, error?: unknown): void;
  /** What tells whoever is asked next which trace a request belongs to (W3C Trace Context). */
  headers(): Record<string, string>;
  /** One span a request. */
  requests(fastify: FastifyInstance): void;
  store(store: ObjectStore): ObjectStore;
  /** Sends what waits to be sent. */
  stop(): Promise<void>;
}

const NOWHERE: OpenSpan = { set: () => undefined, fail: () => undefined };

export const UNTRACED: Tracing = {
  ids: () => undefined,
  traced: (_name, _kind, _attributes, work) => work(NOWHERE),
  done: () => undefined,
  headers: () => ({}),
  requests: () => undefined,
  store: (store) => store,
  stop: async () => undefined,
};
