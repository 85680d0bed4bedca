import { SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import { Client } from 'pg';

type Query = (this: Client, ...args: unknown[]) => unknown;

/**
 * Statements as spans of the request or attempt for which they run; those that belong to nothing (looking for work that is
 * due, again and again) have none. A statement's text holds no values: those are its parameters, which are not told.
 */
export function spanStatements(tracer: Tracer): () => void {
  const client = Client.prototype as unknown as { query: Query };
  const { query } = client;
  client.query = function traced(...args) {
    const statement = textOf(args[0]);
    if (!statement || !trace.getActiveSpan()?.isRecording()) return query.apply(this, args);
    const operation = /^\s*(\w+)/.exec(statement.text)?.[1]?.toUpperCase() ?? 'statement';
    const span = tracer.startSpan(statement.name ?? operation, {
      kind: SpanKind.CLIENT,
      attributes: { 'db.system.name': 'postgresql', 'db.operation.name': operation, 'db.query.text': statement.text },
    });
    const end = (error?: unknown) => {
      const { code } = (error ?? {}) as { code?: string };
      if (error) span.setStatus({ code: SpanStatusCode.ERROR, ...(code && { message: code }) });
      span.end();
    };
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      args[args.length - 1] = (error: unknown, ...rest: unknown[]) => {
        end(error);
        return callback(error, ...rest) as unknown;
      };
      return query.apply(this, args);
    }
    const answer = query.apply(this, args);
    if (answer instanceof Promise) answer.then(() => end(), end);
    else end();
    return answer;
  };
  return () => {
    client.query = query;
  };
}

/** Undefined for what is no statement but its own protocol, such as COPY. */
function textOf(first: unknown): { text: string; name?: string } | undefined {
  if (typeof first === 'string') return { text: first };
  const { text, name, submit } = (first ?? {}) as { text?: unknown; name?: string; submit?: unknown };
  return typeof text === 'string' && submit === undefined ? { text, ...(name !== undefined && { name }) } : undefined;
}
